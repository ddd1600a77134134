// Mail by a provider's API over HTTP (docs/delivery.md).
#pragma once

#include <memory>

#include "transport/provider/provider.h"
#include "transport/transport.h"

namespace tocsin {

std::unique_ptr<Transport> make_provider_transport(const ProviderSetup& setup, const Clock& clock,
                                                   Departures& departures);

}  // namespace tocsin
