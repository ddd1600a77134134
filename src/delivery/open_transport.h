// From a name in tocsin.yaml to a transport: reads its secret only now.
#pragma once

#include <memory>
#include <string>

#include "base/clock.h"
#include "base/error.h"
#include "model/workspace.h"
#include "transport/transport.h"

namespace tocsin {

// The transport that a campaign uses: its own, or the workspace's default. Throws ConfigError where
// neither names one.
const TransportDefinition& choose_transport(const Workspace& workspace, const std::string& wanted);

// `sender_domain` is greeted with where `ehlo` is not set. Throws ConfigError where a secret cannot
// be had. `departures` outlives it.
std::unique_ptr<Transport> open_transport(const Workspace& workspace,
                                          const TransportDefinition& definition,
                                          const std::string& sender_domain, const Clock& clock,
                                          Departures& departures);

// The same for a provider that accepts what it is given and delivers nothing. Throws UsageError
// where the transport has no such thing.
std::unique_ptr<Transport> open_sandbox(const Workspace& workspace,
                                        const TransportDefinition& definition,
                                        const std::string& sender_domain, const Clock& clock,
                                        Departures& departures);

// The same fault, and through which transport: there may be several. Always with a hint.
Unavailable of_transport(const std::string& name, const Unavailable& fault);

// How many mails go side by side through it.
int side_by_side(const TransportDefinition& definition);

}  // namespace tocsin
