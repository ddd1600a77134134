// What `serve --standalone` records in: a file of its own, for the ledger is elsewhere.
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
    std::unique_ptr<PullServer> pulls;
};

struct StandaloneOptions {
    std::vector<std::filesystem::path> secrets;  // the first signs; none: the workspace's
    std::filesystem::path journal;               // empty: state/unsubscribes.log of the workspace
};

// `workspace` may be one that has only a root: nothing of it is needed where `secrets` are named.
// Throws ConfigError where a secret cannot be had (none is made), Busy where another process has
// the file, LedgerError where it cannot be used. Logs how many of its lines hold nothing for us.
// `clock` outlives it.
OpenedBook open_standalone_book(const Workspace& workspace, const StandaloneOptions& options,
                                const Clock& clock);

}  // namespace tocsin
