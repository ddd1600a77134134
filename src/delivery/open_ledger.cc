#include "delivery/open_ledger.h"

#include "base/error.h"
#include "base/file.h"
#include "campaign/lock_file.h"
#include "campaign/secret.h"
#include "ledger/sqlite/open.h"

namespace tocsin {
namespace {

constexpr char kWayOut[] =
    "put the right file back; if it is lost for good, --new-ledger starts anew, and whoever was "
    "mailed "
    "before can then be mailed again";

std::filesystem::path lock_path(const Workspace& workspace) {
    return workspace.root / "tocsin.lock";
}

bool exists(const Workspace& workspace) {
    return std::filesystem::exists(workspace.ledger);
}

void demand_ledger(const Workspace& workspace, const std::optional<LockFile>& lock) {
    if (!lock || exists(workspace)) return;
    throw LedgerError("tocsin.lock names the ledger " + lock->ledger + ", but there is none at " +
                          workspace.shown(workspace.ledger),
                      kWayOut);
}

// A secret that is made anew would silently break every link in the mails that are out.
void demand_secret_file(const Workspace& workspace, const std::optional<LockFile>& lock) {
    bool is_file = workspace.secret.kind == SecretSource::Kind::kFile;
    if (!lock || !is_file || std::filesystem::exists(workspace.root / workspace.secret.value))
        return;
    throw LedgerError("tocsin.lock names a secret, but there is none at " + workspace.secret.value,
                      kWayOut);
}

void demand_same_ledger(const LockFile& lock, const Ledger& ledger) {
    if (lock.ledger == ledger.id()) return;
    throw LedgerError("the ledger is " + ledger.id() + ", but tocsin.lock names " + lock.ledger,
                      kWayOut);
}

void demand_same_key(const LockFile& lock, const KeyRing& keys) {
    if (lock.key == keys.fingerprint()) return;
    throw LedgerError(
        "the secret is not the one that tocsin.lock names: links in mails that are out would "
        "stop working",
        "put the right secret back or name it in `previous_secrets`; --new-ledger accepts this "
        "one");
}

}  // namespace

OpenedLedger open_ledger(const Workspace& workspace, bool accept_new) {
    std::optional<LockFile> lock = read_lock_file(lock_path(workspace));
    if (!accept_new) {
        demand_ledger(workspace, lock);
        demand_secret_file(workspace, lock);
    }
    const bool first_use = !lock || accept_new;

    OpenedLedger opened{nullptr, KeyRing(fetch_keys(workspace, first_use))};
    opened.ledger = open_sqlite_ledger(workspace.ledger, OpenMode::kCreate);
    if (!first_use) {
        demand_same_ledger(*lock, *opened.ledger);
        demand_same_key(*lock, opened.keys);
        return opened;
    }
    LockFile now{opened.ledger->id(), opened.keys.fingerprint()};
    if (!lock || !(*lock == now)) write_lock_file(lock_path(workspace), now);
    return opened;
}

KeyRing keys_to_look(const Workspace& workspace) {
    std::optional<LockFile> lock = read_lock_file(lock_path(workspace));
    KeyRing keys(fetch_keys(workspace, false));
    if (lock) demand_same_key(*lock, keys);
    return keys;
}

std::unique_ptr<Ledger> open_ledger_to_look(const Workspace& workspace) {
    std::optional<LockFile> lock = read_lock_file(lock_path(workspace));
    demand_ledger(workspace, lock);
    if (!exists(workspace)) return nullptr;
    auto ledger = open_sqlite_ledger(workspace.ledger, OpenMode::kExisting);
    if (lock) demand_same_ledger(*lock, *ledger);
    return ledger;
}

}  // namespace tocsin
