// Whether receivers find the public half of a DKIM key.
#pragma once

#include <optional>
#include <string>

#include "mail/dkim_identity.h"
#include "probe/dns.h"

namespace tocsin {

// `own` is the private key that signs, or null where it cannot be read here: then the two halves
// are not compared, and the note says so.
DnsVerdict probe_dkim(Dns& dns, const std::string& domain, const std::string& selector,
                      const SigningKey* own);

}  // namespace tocsin
