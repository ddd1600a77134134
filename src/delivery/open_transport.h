// From a name in tocsin.yaml to a transport: reads its secret only now.
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "model/workspace.h"
#include "transport/transport.h"

namespace tocsin {

// The transport that a campaign uses: its own, or the workspace's default. Throws ConfigError where
// neither names one.
const TransportDefinition& choose_transport(const Workspace& workspace, const std::string& wanted);

// `sender_domain` is greeted with where `ehlo` is not set. Throws ConfigError where the password
// cannot be had. `departures` outlives it.
std::unique_ptr<Transport> open_transport(const Workspace& workspace,
                                          const TransportDefinition& definition,
                                          const std::string& sender_domain, const Clock& clock,
                                          Departures& departures);

}  // namespace tocsin
