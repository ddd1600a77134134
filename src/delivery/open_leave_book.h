// What `serve` records in: the workspace's ledger, or a file of its own where the ledger is
// elsewhere.
#pragma once

#include <filesystem>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "mail/token.h"
#include "model/workspace.h"
#include "unsubscribe/leaving.h"
#include "unsubscribe/pull_server.h"

namespace tocsin {

struct OpenedBook {
    std::unique_ptr<const KeyRing> keys;  // first, for it goes last
    std::unique_ptr<LeaveBook> book;
    std::unique_ptr<PullServer> pulls;  // of a file only
};

// Throws as `open_ledger` does. `clock` outlives it.
OpenedBook open_ledger_book(const Workspace& workspace, bool accept_new, const Clock& clock);

struct StandaloneOptions {
    std::vector<std::filesystem::path> secrets;  // the first signs; none: the workspace's
    std::filesystem::path journal;               // empty: state/unsubscribes.log of the workspace
};

// `workspace` may be one that has only a root: nothing of it is needed where `secrets` are named.
// Throws ConfigError where a secret cannot be had (none is made), Busy where another process has
// the file, LedgerError where it cannot be used. Logs how many of its lines hold nothing for us.
OpenedBook open_standalone_book(const Workspace& workspace, const StandaloneOptions& options,
                                const Clock& clock);

}  // namespace tocsin
