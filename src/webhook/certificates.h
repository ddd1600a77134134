// Fetches the certificates of SNS, and keeps them.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "base/clock.h"
#include "transport/http/message.h"
#include "webhook/sns.h"

namespace tocsin {

// As exchange() in transport/http/exchange.h, with the limits of webhooks: five seconds, 64 KiB.
HttpResponse fetch_for_webhook(const HttpRequest& request);

class Certificates : public CertificateSource {
  public:
    using Fetch = std::function<HttpResponse(const HttpRequest&)>;
    static constexpr std::size_t kMostKept = 32;
    static constexpr int kMostFetches = 6;  // a minute, whether they succeed or not

    // `clock` outlives it.
    Certificates(Fetch fetch, const Clock& clock) : fetch_(std::move(fetch)), clock_(clock) {}
    // Waits for the network where it is not kept yet. What cannot be had, or is no certificate that
    // is valid now, is logged and not kept.
    std::optional<std::string> certificate(const std::string& url) override;

  private:
    bool may_fetch();
    bool is_certificate(const HttpResponse& response) const;

    Fetch fetch_;
    const Clock& clock_;
    std::map<std::string, std::string> kept_;
    Milliseconds minute_{};
    int fetches_ = 0;
};

}  // namespace tocsin
