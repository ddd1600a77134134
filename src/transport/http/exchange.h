// One HTTP exchange, for whoever may wait for it. TLS is verified, against the system's authorities
// or those in the file that SSL_CERT_FILE names; `http:` goes to the loopback only; redirects are
// not followed; no proxy of the environment is taken.
#pragma once

#include <atomic>
#include <cstddef>

#include "base/clock.h"
#include "transport/http/message.h"

namespace tocsin {

struct ExchangeLimits {
    Milliseconds timeout = std::chrono::seconds(10);  // for all of it
    std::size_t most = 1u << 20;                      // bytes of the response's body
    const std::atomic<bool>* stop = nullptr;          // gives up soon after it becomes true
};

// Throws Unavailable where there was no whole response: a URL that is not for us, no connection,
// TLS, time-out, too large. The message names scheme, host and port, never the path: that may be a
// token.
HttpResponse exchange(const HttpRequest& request, const ExchangeLimits& limits = {});

}  // namespace tocsin
