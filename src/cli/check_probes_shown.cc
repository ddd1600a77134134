// How the results of probes are shown: to people, and to programs (docs/json.md).
#include <algorithm>

#include "base/text.h"
#include "cli/check_probes.h"
#include "delivery/probe_spam.h"

namespace tocsin {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kShownOfRecord = 60;  // bytes: a DKIM key has hundreds

ordered_json or_null(const std::string& text) {
    return text.empty() ? ordered_json(nullptr) : ordered_json(text);
}

ordered_json json_of(const LinkResult& link) {
    ordered_json steps = ordered_json::array();
    for (const LinkStep& step : link.steps) {
        steps.push_back({{"url", step.url}, {"status", step.status}});
    }
    ordered_json status = link.status() == 0 ? ordered_json(nullptr) : ordered_json(link.status());
    return {{"url", link.url},
            {"outcome", name(link.outcome)},
            {"status", std::move(status)},
            {"steps", std::move(steps)},
            {"reason", or_null(link.said)}};
}

std::string_view state_of(const DnsVerdict& verdict) {
    if (verdict.unknown) return "unknown";
    return verdict.remarks.empty() ? "fine" : "faulty";
}

// "dns-spf" → "spf"
std::string kind_of(const DnsVerdict& verdict) {
    return verdict.rule.substr(4);
}

ordered_json json_of(const DnsVerdict& verdict) {
    return {{"kind", kind_of(verdict)},
            {"name", verdict.name},
            {"state", state_of(verdict)},
            {"records", verdict.records},
            {"note", or_null(verdict.note)}};
}

ordered_json json_of(const std::string& campaign, const SpamVerdict& verdict) {
    if (!verdict.known()) {
        return {{"campaign", campaign}, {"score", nullptr}, {"reason", verdict.trouble}};
    }
    ordered_json rules = ordered_json::array();
    for (const SpamRule& rule : verdict.rules) {
        rules.push_back(
            {{"name", rule.name}, {"score", rule.score}, {"description", rule.description}});
    }
    return {{"campaign", campaign},
            {"score", verdict.score},
            {"threshold", verdict.threshold},
            {"rules", std::move(rules)}};
}

// "301, 200 https://a.example → https://b.example"
std::string text_of(const LinkResult& link) {
    std::string statuses;
    for (const LinkStep& step : link.steps) {
        if (step.status == 0) continue;
        statuses += (statuses.empty() ? "" : ", ") + std::to_string(step.status);
    }
    std::string text = (statuses.empty() ? "---" : statuses) + " " + link.url;
    for (std::size_t i = 1; i < link.steps.size(); ++i) text += " → " + link.steps[i].url;
    if (link.outcome == LinkResult::Outcome::kNotAsked) {
        text += " (not asked: " + link.said + ")";
    } else if (link.outcome == LinkResult::Outcome::kUnreachable) {
        text += " (" + link.said + ")";
    }
    return printable(text) + "\n";
}

std::string cut(std::string text) {
    if (text.size() > kShownOfRecord) text = text.substr(0, kShownOfRecord) + "...";
    return text;
}

// "spf fine b.harbour.example: v=spf1 -all"
std::string text_of(const DnsVerdict& verdict) {
    std::string text = kind_of(verdict) + " " + std::string(state_of(verdict)) + " " + verdict.name;
    const char* separator = ": ";
    for (const std::string& record : verdict.records) {
        text += separator + cut(record);
        separator = " | ";
    }
    if (!verdict.note.empty()) text += " (" + verdict.note + ")";
    return printable(text) + "\n";
}

std::string text_of(const std::string& campaign, const SpamVerdict& verdict) {
    if (!verdict.known()) return "";  // a finding says so
    std::string text = "spam score of " + campaign + ": " + points(verdict.score) + ", spam from " +
                       points(verdict.threshold) + " on\n";
    for (const SpamRule& rule : verdict.rules) {
        text += points(rule.score) + " " + rule.name + " " + rule.description + "\n";
    }
    return text;
}

}  // namespace

void ProbeResults::add_to(ordered_json& json) const {
    auto list = [&](const char* name, const auto& results, auto&& one) {
        if (!results) return;
        json[name] = ordered_json::array();
        for (const auto& result : *results) json[name].push_back(one(result));
    };
    list("links", links, [](const LinkResult& link) { return json_of(link); });
    list("dns", dns, [](const DnsVerdict& verdict) { return json_of(verdict); });
    list("spam", spam, [](const auto& one) { return json_of(one.first, one.second); });
}

std::string ProbeResults::text() const {
    std::string text;
    if (links) {
        for (const LinkResult& link : *links) text += text_of(link);
    }
    if (dns) {
        for (const DnsVerdict& verdict : *dns) text += text_of(verdict);
    }
    if (spam) {
        for (const auto& [campaign, verdict] : *spam) text += text_of(campaign, verdict);
    }
    return text;
}

}  // namespace tocsin
