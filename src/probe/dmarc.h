// What a domain demands of mails that name it as their sender: DMARC, RFC 7489; the record above a
// domain is found as the revision of it does, by walking up the labels, and never above two.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "probe/dns.h"

namespace tocsin {

// How a transport identifies the sender.
struct SenderIdentity {
    std::string from;                 // the domain of From
    std::string return_path{};        // the domain of return paths
    std::vector<std::string> dkim{};  // the domains of the keys that sign here
    // Whoever carries the mails identifies them by itself: a provider.
    bool elsewhere = false;
};

DnsVerdict probe_dmarc(Dns& dns, const SenderIdentity& sender);

}  // namespace tocsin
