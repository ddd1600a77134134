#include "delivery/facts.h"

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/random.h"
#include "base/text.h"
#include "mail/digest.h"

namespace tocsin {
namespace {

using nlohmann::json;

constexpr std::string_view kDigest = "sha256:";
constexpr std::size_t kLongestShown = 80;

bool can_be_shown(const std::string& value) {
    return value.size() <= kLongestShown && !value.starts_with(kDigest) && !has_control(value);
}

std::string change(const std::string& name, const std::string& then, const std::string& now) {
    if (!can_be_shown(then) || !can_be_shown(now)) return name + " has changed";
    auto shown = [](const std::string& value) {
        return value.empty() ? std::string("empty") : "“" + value + "”";
    };
    return name + " was " + shown(then) + ", and is " + shown(now);
}

}  // namespace

std::string digest_fact(std::string_view bytes) {
    return std::string(kDigest) + to_hex(sha256(bytes));
}

std::string serialise(const Facts& facts) {
    json out = json::object();
    for (const auto& [name, value] : facts) {
        out[name] = invalid_utf8(value) ? digest_fact(value) : value;
    }
    return out.dump();
}

Facts parse_facts(std::string_view bytes) {
    if (bytes.empty()) return {};
    try {
        return json::parse(bytes).get<Facts>();
    } catch (const json::exception& fault) {
        throw LedgerError(std::string("the ledger's facts of a plan cannot be read: ") +
                          fault.what());
    }
}

std::vector<std::string> changes(const Facts& then, const Facts& now) {
    std::vector<std::string> lines;
    for (const auto& [name, value] : then) {
        auto found = now.find(name);
        if (found == now.end()) {
            lines.push_back(name + " is gone");
        } else if (found->second != value) {
            lines.push_back(change(name, value, found->second));
        }
    }
    for (const auto& [name, value] : now) {
        if (then.contains(name)) continue;
        bool shown = can_be_shown(value) && !value.empty();
        lines.push_back(name + " is new" + (shown ? ": “" + value + "”" : ""));
    }
    return lines;
}

}  // namespace tocsin
