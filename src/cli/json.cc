#include "cli/json.h"

#include "mail/address_names.h"

namespace tocsin {

using nlohmann::ordered_json;

ordered_json json_of(const MailingKey& mailing) {
    ordered_json out = {{"campaign", mailing.campaign}};
    if (!mailing.occurrence.empty()) out["occurrence"] = mailing.occurrence;
    return out;
}

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

namespace {

// An address, or what is known instead of one.
ordered_json whose(const std::string& address) {
    ordered_json out = {{"address", address}};
    if (!is_hashed_name(address)) return out;
    out["address"] = nullptr;
    out["hash"] = address;
    return out;
}

ordered_json or_null(std::string_view text) {
    return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

}  // namespace

ordered_json json_of(const Suppression& entry) {
    ordered_json out = whose(entry.address);
    out["scope"] = entry.scope;
    out["reason"] = entry.reason;
    out["source"] = entry.source;
    out["time"] = iso8601(entry.time);
    if (entry.until) out["until"] = iso8601(*entry.until);
    return out;
}

ordered_json json_of(const Feedback& feedback) {
    return {{"kind", name(feedback.kind)},        {"class", or_null(name(feedback.bounce))},
            {"status", or_null(feedback.status)}, {"text", feedback.text},
            {"source", feedback.source},          {"time", iso8601(feedback.time)}};
}

ordered_json json_of(const FeedbackCounts& counts) {
    return {{"bounced", counts.bounced},
            {"delayed", counts.delayed},
            {"complained", counts.complained},
            {"unsubscribed", counts.unsubscribed},
            {"delivered", counts.delivered}};
}

std::string one_line(const ordered_json& value) {
    return value.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace tocsin
