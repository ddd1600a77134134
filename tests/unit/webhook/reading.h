// What a reader makes of an event, in one line.
#pragma once

#include <doctest/doctest.h>
#include <string>

#include "webhook/parse.h"

namespace tocsin::test {

// "bounce hard 5.1.1 ann@one.example ref", "other", "unknown"; several joined by "; ".
inline std::string read(ProviderKind provider, const std::string& body,
                        const std::string& post_id = "post") {
    auto events = parse_webhook(provider, body, post_id);
    if (!events) return "malformed";
    std::string all;
    for (const WebhookEvent& event : *events) {
        std::string text = event.is_known ? "other" : "unknown";
        if (const auto& report = event.report) {
            text = name(report->kind);
            for (std::string_view more : {name(report->bounce), std::string_view(report->status),
                                          std::string_view(report->recipient)}) {
                if (!more.empty()) text += " " + std::string(more);
            }
            for (const std::string& one : report->references) text += " " + one;
            for (const std::string& one : report->tokens) text += " token " + one.substr(0, 4);
        }
        all += (all.empty() ? "" : "; ") + text;
    }
    return all;
}

inline std::string id_of(ProviderKind provider, const std::string& body,
                         const std::string& post_id = "post") {
    auto events = parse_webhook(provider, body, post_id);
    REQUIRE(events);
    REQUIRE(events->size() == 1);
    return events->front().id;
}

struct Row {
    const char* body;
    const char* read;
};

template <std::size_t N>
void check_rows(ProviderKind provider, const Row (&rows)[N]) {
    for (const Row& row : rows) {
        CAPTURE(std::string(row.body));
        CHECK(read(provider, row.body) == row.read);
    }
}

}  // namespace tocsin::test
