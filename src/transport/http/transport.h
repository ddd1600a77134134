// Carries mail to a provider's API: requests side by side over libcurl's multi interface, each with
// a batch of messages. What the requests and the answers are is the provider's
// (transport/provider/provider.h).
//
// Nothing of a message is on the network before its permit: batches are made of permitted messages
// alone. Where a request fails before the end of its body was handed to libcurl, its messages wait
// for another; after that only the provider knows, and they are in doubt, but for a provider that
// remembers requests: it is asked again with the same key and the same body.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>

#include "base/clock.h"
#include "transport/http/limits.h"
#include "transport/provider/provider.h"
#include "transport/transport.h"

namespace tocsin {

struct HttpSettings {
    std::size_t connections = 1;  // requests at once
    std::size_t batch = 1;        // messages in one, where the provider takes so many
    HttpLimits limits{};
    // Where requests are kept while they are under way, of a provider that remembers them; empty:
    // nowhere.
    std::filesystem::path outstanding{};
};

// `clock` and `departures` outlive it.
std::unique_ptr<Transport> make_http_transport(std::unique_ptr<Provider> provider,
                                               const HttpSettings& settings, const Clock& clock,
                                               Departures& departures);

// `outstanding` as above.
std::unique_ptr<Transport> make_provider_transport(const ProviderSetup& setup, const Clock& clock,
                                                   Departures& departures,
                                                   std::filesystem::path outstanding = {});

}  // namespace tocsin
