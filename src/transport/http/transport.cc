#include "transport/http/transport.h"

#include "transport/http/engine.h"
#include "transport/provider/catalogue.h"

namespace tocsin {

std::unique_ptr<Transport> make_http_transport(std::unique_ptr<Provider> provider,
                                               const HttpSettings& settings, const Clock& clock,
                                               Departures& departures) {
    return std::make_unique<HttpTransport>(std::move(provider), settings, clock, departures);
}

std::unique_ptr<Transport> make_provider_transport(const ProviderSetup& setup, const Clock& clock,
                                                   Departures& departures,
                                                   std::filesystem::path outstanding) {
    HttpSettings settings;
    settings.outstanding = std::move(outstanding);
    settings.connections = static_cast<std::size_t>(setup.settings.connections);
    settings.batch = static_cast<std::size_t>(setup.settings.batch);
    return make_http_transport(make_provider(setup), settings, clock, departures);
}

}  // namespace tocsin
