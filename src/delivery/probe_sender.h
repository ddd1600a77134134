// The part of `check --dns` between a campaign and the DNS (probe/dns.h): which names its sender
// has.
#pragma once

#include <vector>

#include "lint/report.h"
#include "model/campaign.h"
#include "model/workspace.h"
#include "probe/dns.h"

namespace tocsin {

// SPF of the return paths' domain, the transport's DKIM keys, DMARC of `from`, and whether the
// domains that mails come back to take them. What is wrong is reported where it is written. Reads
// the DKIM keys' secrets where it can.
std::vector<DnsVerdict> probe_sender(Dns& dns, const Workspace& workspace, const Campaign& campaign,
                                     LintReport& report);

}  // namespace tocsin
