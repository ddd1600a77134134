// Whether a domain takes mail: replies, bounces, mails to unsubscribe.
#pragma once

#include <string>

#include "probe/dns.h"

namespace tocsin {

// `what` names it for people: "the domain of `from`". Without MX records the domain's own address
// counts (RFC 5321 section 5.1); `MX 0 .` says that no mail is taken (RFC 7505).
DnsVerdict probe_mx(Dns& dns, const std::string& domain, const std::string& what);

}  // namespace tocsin
