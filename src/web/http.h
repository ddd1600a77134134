// One request, whole, and its answer, without the library that carries them.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "web/form.h"

namespace tocsin {

struct WebRequest {
    std::string method;  // "GET"
    std::string path;    // "/u/TOKEN", as it came, without the query
    std::string after;   // argument `after` of the query, or empty
    std::vector<std::pair<std::string, std::string>> headers{};
    Form form{};
    bool too_large = false;  // its body, which was not read then
    bool crowded = false;    // the same, for want of memory now
    std::string body{};      // as it came, of posts to webhooks only

    // The first of that name in whatever case, or empty.
    std::string header(std::string_view name) const;
};

// What was asked for, for the metrics.
enum class Asked {
    kPage,
    kView,
    kOneClick,
    kChoice,
    kProbe,
    kPull,
    kHealth,
    kMetrics,
    kWebhook,
    kOther
};

struct WebResponse {
    int status = 200;
    Asked asked = Asked::kOther;
    std::string body;
    std::vector<std::pair<std::string, std::string>> headers{};
};

}  // namespace tocsin
