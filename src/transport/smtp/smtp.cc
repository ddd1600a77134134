#include "transport/smtp/smtp.h"

#include <utility>

#include "transport/smtp/pool.h"

namespace tocsin {

std::unique_ptr<Transport> make_smtp_transport(const SmtpSettings& settings, std::string ehlo,
                                               std::string password, const Clock& clock,
                                               Departures& departures) {
    return std::make_unique<SmtpPool>(settings, ehlo, std::move(password), clock, departures);
}

}  // namespace tocsin
