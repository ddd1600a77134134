// What a path asks for. `unsubscribe.url` may have any path of its own, with or without a proxy
// that cuts it off: the last segments count.
#pragma once

#include <optional>
#include <string_view>

#include "model/provider.h"

namespace tocsin {

struct Route {
    enum class Place {
        kToken,    // …/TOKEN
        kView,     // …/TOKEN/view
        kPull,     // …/pull
        kWebhook,  // …/webhooks/PROVIDER
        kHealth,   // /healthz, and nothing before it: a proxy that passes one folder on hides it
        kMetrics,  // /metrics, likewise
        kNoPage,   // what browsers and crawlers ask for by themselves
    };
    Place place = Place::kToken;
    std::string_view token{};                // of kToken and kView; anything, also nothing
    std::optional<ProviderKind> provider{};  // of kWebhook
};

// `path` without a query, not decoded: no token needs that. The result points into it.
Route route_of(std::string_view path);

}  // namespace tocsin
