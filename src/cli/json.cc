#include "cli/json.h"

namespace tocsin {

using nlohmann::ordered_json;

ordered_json json_of(const Counts& counts) {
    ordered_json states = ordered_json::object();
    for (std::size_t i = 0; i < kStates; ++i) {
        states[std::string(name(static_cast<State>(i)))] = counts.states[i];
    }
    ordered_json skipped = ordered_json::object();
    for (std::size_t i = 1; i < kSkipReasons; ++i) {
        skipped[std::string(name(static_cast<SkipReason>(i)))] = counts.skipped[i];
    }
    return {{"total", counts.total},
            {"states", std::move(states)},
            {"skipped_by_reason", std::move(skipped)},
            {"duplicates", counts.duplicates}};
}

ordered_json json_of(const Findings& findings) {
    ordered_json out = ordered_json::array();
    Findings sorted = findings;
    sorted.sort();
    for (const Finding& finding : sorted.all()) {
        bool is_error = finding.severity == Severity::kError;
        out.push_back({{"file", finding.place.file},
                       {"line", finding.place.line},
                       {"column", finding.place.column},
                       {"severity", is_error ? "error" : "warning"},
                       {"id", finding.id},
                       {"message", finding.message}});
    }
    return out;
}

ordered_json json_of(const Suppression& entry) {
    return {{"address", entry.address},
            {"scope", entry.scope},
            {"reason", entry.reason},
            {"source", entry.source},
            {"time", iso8601(entry.time)}};
}

std::string one_line(const ordered_json& value) {
    return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace tocsin
