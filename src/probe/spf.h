// Which servers may send for a domain, by what it says itself: SPF, RFC 7208. Whether the servers
// that are used are among them only the receivers can tell.
#pragma once

#include <string>

#include "probe/dns.h"

namespace tocsin {

constexpr int kMostSpfLookups = 10;  // RFC 7208 section 4.6.4

// Of the domain of return paths.
DnsVerdict probe_spf(Dns& dns, const std::string& domain);

}  // namespace tocsin
