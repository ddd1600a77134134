// One HTTP exchange, for whoever may wait for it. TLS is verified; `http:` goes to the loopback
// only; redirects are not followed.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"

namespace tocsin {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

struct HttpRequest {
    std::string method = "GET";
    std::string url;
    HttpHeaders headers;
    std::string body;
    Milliseconds timeout = std::chrono::seconds(10);  // for all of it
    std::size_t most = 1u << 20;                      // bytes of the response's body
};

struct HttpResponse {
    int status = 0;
    HttpHeaders headers;  // names in lower case
    std::string body;

    // The first of that name, or empty.
    std::string header(const std::string& name) const;
};

// Throws Unavailable where there was no whole response: no connection, TLS, time-out, too large.
HttpResponse exchange(const HttpRequest& request);

}  // namespace tocsin
