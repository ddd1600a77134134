#include "webhook/certificates.h"

#include "base/error.h"
#include "base/log.h"
#include "mail/public_key.h"
#include "transport/http/exchange.h"

namespace tocsin {

HttpResponse fetch_for_webhook(const HttpRequest& request) {
    ExchangeLimits limits;
    limits.timeout = std::chrono::seconds(5);
    limits.most = 64u << 10;
    return exchange(request, limits);
}

bool Certificates::may_fetch() {
    const Milliseconds now = clock_.since_boot();
    if (fetches_ == 0 || now - minute_ > std::chrono::minutes(1)) {
        minute_ = now;
        fetches_ = 0;
    }
    return fetches_++ < kMostFetches;
}

// A page that says "try again" with a 200 must not stand in the way of the certificate for good.
bool Certificates::is_certificate(const HttpResponse& response) const {
    return response.status == 200 && PublicKey::from_certificate(response.body, clock_.now());
}

std::optional<std::string> Certificates::certificate(const std::string& url) {
    auto known = kept_.find(url);
    if (known != kept_.end()) return known->second;
    if (!may_fetch()) return std::nullopt;
    HttpRequest request;
    request.url = url;
    try {
        HttpResponse response = fetch_(request);
        if (is_certificate(response)) {
            if (kept_.size() >= kMostKept) kept_.clear();
            return kept_[url] = response.body;
        }
        log_warning("the certificate of an SNS message cannot be had: HTTP status " +
                    std::to_string(response.status) +
                    (response.status == 200 ? ", and none that is valid now" : ""));
    } catch (const Unavailable& error) {
        log_warning("the certificate of an SNS message cannot be had: " + redacted(error.what()));
    }
    return std::nullopt;
}

}  // namespace tocsin
