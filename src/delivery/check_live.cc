#include "delivery/check_live.h"

#include "base/error.h"
#include "delivery/open_ledger.h"
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

}  // namespace tocsin
