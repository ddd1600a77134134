#include "web/metrics.h"

#include <algorithm>
#include <cstdio>

#include "unsubscribe/choice.h"

namespace tocsin {
namespace {

std::string_view word_for(Asked asked) {
    switch (asked) {
        case Asked::kPage:
            return "page";
        case Asked::kView:
            return "view";
        case Asked::kOneClick:
            return "one_click";
        case Asked::kChoice:
            return "choice";
        case Asked::kProbe:
            return "probe";
        case Asked::kPull:
            return "pull";
        case Asked::kHealth:
            return "health";
        case Asked::kMetrics:
            return "metrics";
        case Asked::kWebhook:
            return "webhook";
        case Asked::kOther:
            return "other";
    }
    return "";
}

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.9g", value);
    return text;
}

std::string head(std::string_view name, std::string_view type, std::string_view help) {
    std::string out = "# HELP ";
    out.append(name).append(" ").append(help).append("\n# TYPE ").append(name);
    return out.append(" ").append(type).append("\n");
}

void append(std::string& out, std::string_view series, std::uint64_t value) {
    out.append(series).append(" ").append(std::to_string(value)).append("\n");
}

std::string text_of(const Metrics::Connections& connections) {
    std::string out = head("tocsin_http_connections", "gauge", "Connections that are open.");
    append(out, "tocsin_http_connections", connections.open);
    out += head("tocsin_http_connections_dropped_total", "counter",
                "Connections that were closed before their request was whole.");
    append(out, "tocsin_http_connections_dropped_total{reason=\"overdue\"}", connections.overdue);
    append(out, "tocsin_http_connections_dropped_total{reason=\"crowded\"}", connections.crowded);
    return out;
}

}  // namespace

void Metrics::answered(const WebResponse& response) {
    std::lock_guard lock(mutex_);
    ++requests_[{response.asked, response.status}];
}

void Metrics::posted(std::chrono::duration<double> took) {
    std::lock_guard lock(mutex_);
    auto bound = std::lower_bound(kBounds.begin(), kBounds.end(), took.count());
    ++posts_[static_cast<std::size_t>(bound - kBounds.begin())];
    post_seconds_ += took.count();
}

void Metrics::recorded(Choice choice) {
    std::lock_guard lock(mutex_);
    ++leavings_[choice];
}

void Metrics::failed() {
    std::lock_guard lock(mutex_);
    ++failures_;
}

std::string Metrics::text(const Connections& connections) const {
    std::lock_guard lock(mutex_);
    std::string out = head("tocsin_http_requests_total", "counter", "Requests that were answered.");
    for (const auto& [key, count] : requests_) {
        append(out,
               "tocsin_http_requests_total{kind=\"" + std::string(word_for(key.first)) +
                   "\",status=\"" + std::to_string(key.second) + "\"}",
               count);
    }
    out += head("tocsin_leavings_total", "counter", "Choices that were recorded.");
    for (const auto& [choice, count] : leavings_) {
        append(out, "tocsin_leavings_total{choice=\"" + std::string(name(choice)) + "\"}", count);
    }
    out += head("tocsin_leavings_failed_total", "counter",
                "Choices that could not be recorded; their senders were told so.");
    append(out, "tocsin_leavings_failed_total", failures_);
    out += text_of(connections);
    const std::string post = "tocsin_post_duration_seconds";
    out += head(post, "histogram", "From a whole POST to its answer.");
    std::uint64_t below = 0;
    for (std::size_t i = 0; i < kBounds.size(); ++i) {
        append(out, post + "_bucket{le=\"" + number(kBounds[i]) + "\"}", below += posts_[i]);
    }
    append(out, post + "_bucket{le=\"+Inf\"}", below += posts_.back());
    out += post + "_sum " + number(post_seconds_) + "\n";
    append(out, post + "_count", below);
    return out;
}

}  // namespace tocsin
