#include "delivery/check_live.h"

#include <set>

#include "base/error.h"
#include "delivery/open_ledger.h"
#include "delivery/open_transport.h"
#include "unsubscribe/liveness.h"

namespace tocsin {
namespace {

// Before the first plan there is no secret, and nobody can know it.
Liveness prove(const Workspace& workspace) {
    try {
        return prove_live(keys_to_look(workspace), workspace.unsubscribe.url);
    } catch (const Error& fault) {
        return {false, false,
                std::string("whether `unsubscribe.url` answers cannot be proved: ") + fault.what(),
                "the first `plan` or `send` makes the secret; then give it to the server"};
    }
}

void probe(const Workspace& workspace, const TransportDefinition& definition,
           const std::string& sender_domain, const Clock& clock) {
    UnwatchedDepartures nobody;
    auto transport = open_transport(workspace, definition, sender_domain, clock, nobody);
    try {
        transport->probe();
    } catch (const Unavailable& fault) {
        throw of_transport(definition.name, fault);
    }
}

}  // namespace

void check_live(const Workspace& workspace, Findings& findings) {
    if (workspace.unsubscribe.url.empty()) return;
    Liveness found = prove(workspace);
    if (found.live) return;
    const SourceText file("tocsin.yaml", "");
    const Place place{file.name(), 0, 0};
    if (workspace.unsubscribe.require_live) {
        findings.error(file, place, "unsubscribe-not-live", found.trouble, found.hint);
    } else {
        findings.warning(file, place, "unsubscribe-not-live", found.trouble, found.hint);
    }
}

std::vector<std::string> probe_transports(const Workspace& workspace,
                                          std::span<const Campaign> campaigns, const Clock& clock) {
    std::set<std::string> probed;
    for (const Campaign& campaign : campaigns) {
        const auto& definition =
            choose_transport(workspace, campaign.transport ? campaign.transport->text : "");
        if (!probed.insert(definition.name).second) continue;
        probe(workspace, definition, campaign.from.address.domain(), clock);
    }
    return {probed.begin(), probed.end()};
}

}  // namespace tocsin
