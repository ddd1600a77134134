// What came by webhooks, counted, in the text format of Prometheus. No addresses. Any thread.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

#include "model/provider.h"
#include "webhook/event.h"

namespace tocsin {

class WebhookCounts {
  public:
    void took(ProviderKind provider, const WebhookEvent& event);
    void nobodys(ProviderKind provider);
    void refused(ProviderKind provider, std::string_view reason);
    std::string text() const;

  private:
    using Counts = std::map<std::pair<ProviderKind, std::string>, std::uint64_t>;
    mutable std::mutex mutex_;
    Counts events_, refused_;
    std::map<ProviderKind, std::uint64_t> nobodys_;
};

}  // namespace tocsin
