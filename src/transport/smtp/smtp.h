// SMTP submission: libcurl connects, verifies and authenticates; the message dialogue is ours
// (docs/delivery.md).
#pragma once

#include <memory>
#include <string>

#include "model/workspace.h"
#include "transport/transport.h"

namespace tocsin {

// `password` is the secret itself, or empty without AUTH. `ehlo` is the name we greet with.
// Connects lazily, at the first expected message or probe. `departures` outlives it. Throws
// ConfigError where host or name cannot be used.
std::unique_ptr<Transport> make_smtp_transport(const SmtpSettings& settings, std::string ehlo,
                                               std::string password, const Clock& clock,
                                               Departures& departures);

}  // namespace tocsin
