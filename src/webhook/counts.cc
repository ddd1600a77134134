#include "webhook/counts.h"

namespace tocsin {
namespace {

std::string head(const std::string& series, const char* help) {
    return "# HELP " + series + " " + help + "\n# TYPE " + series + " counter\n";
}

std::string line(const std::string& series, ProviderKind provider, const std::string& label,
                 std::uint64_t count) {
    return series + "{provider=\"" + std::string(name(provider)) + "\"" + label + "} " +
           std::to_string(count) + "\n";
}

}  // namespace

void WebhookCounts::took(ProviderKind provider, const WebhookEvent& event) {
    const std::string kind = event.report     ? std::string(name(event.report->kind))
                             : event.is_known ? "other"
                                              : "unknown";
    std::lock_guard lock(mutex_);
    ++events_[{provider, kind}];
}

void WebhookCounts::nobodys(ProviderKind provider) {
    std::lock_guard lock(mutex_);
    ++nobodys_[provider];
}

void WebhookCounts::refused(ProviderKind provider, std::string_view reason) {
    std::lock_guard lock(mutex_);
    ++refused_[{provider, std::string(reason)}];
}

std::string WebhookCounts::text() const {
    std::lock_guard lock(mutex_);
    const std::string events = "tocsin_webhook_events_total";
    std::string out = head(events, "Events that providers told, by what they are.");
    for (const auto& [key, count] : events_)
        out += line(events, key.first, ",kind=\"" + key.second + "\"", count);
    const std::string nobodys = "tocsin_webhook_unmatched_total";
    out += head(nobodys, "Of them, feedback about nobody that this ledger knows.");
    for (const auto& [provider, count] : nobodys_) out += line(nobodys, provider, "", count);
    const std::string refused = "tocsin_webhook_refused_total";
    out += head(refused, "Posts to webhooks that were not taken, by the reason.");
    for (const auto& [key, count] : refused_)
        out += line(refused, key.first, ",reason=\"" + key.second + "\"", count);
    return out;
}

}  // namespace tocsin
