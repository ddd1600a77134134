// One HTTP exchange, for whoever may wait for it. TLS is verified, against the system's authorities
// or those in the file that SSL_CERT_FILE names; `http:` goes to the loopback only; redirects are
// not followed; no proxy of the environment is taken.
#pragma once

#include <atomic>
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
    const std::atomic<bool>* stop = nullptr;          // gives up soon after it becomes true
};

struct HttpResponse {
    int status = 0;
    HttpHeaders headers;  // names in lower case
    std::string body;

    // The first of that name, or empty.
    std::string header(const std::string& name) const;
};

// Throws Unavailable where there was no whole response: a URL that is not for us, no connection,
// TLS, time-out, too large. The message names scheme, host and port, never the path: that may be a
// token.
HttpResponse exchange(const HttpRequest& request);

}  // namespace tocsin
