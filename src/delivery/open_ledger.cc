#include "delivery/open_ledger.h"

#include "base/error.h"
#include "base/file.h"
#include "base/log.h"
#include "campaign/lock_file.h"
#include "campaign/secret.h"
#include "delivery/ledger_marks.h"
#include "delivery/witness.h"
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

// The key of the hashed entries: nothing where there are none and none are wanted.
class SuppressionKeys {
  public:
    SuppressionKeys(const Workspace& workspace, const std::optional<LockFile>& lock, Ledger& ledger)
        : workspace_(workspace),
          shown_(workspace.suppression_key().value),
          named_(lock ? lock->suppression_key : ""),
          exists_(std::filesystem::exists(workspace.root / shown_)),
          listed_(ledger.has_names("h:")) {}

    // `may_create` for who may also note; `accept_new` as in open_ledger.
    std::optional<SuppressionKey> get(bool may_create, bool accept_new) const {
        bool lost = !exists_ && (!named_.empty() || listed_);
        if (lost && !accept_new) refuse_lost();
        if (!exists_ && !(may_create && workspace_.hash_suppressions)) return std::nullopt;
        SuppressionKey key(fetch_suppression_key(workspace_, may_create));
        if (!named_.empty() && named_ != key.fingerprint && !accept_new) refuse_exchanged();
        return key;
    }

  private:
    [[noreturn]] void refuse_lost() const {
        throw LedgerError(
            "entries of the suppression list are kept as hashes, but there is no key at " + shown_,
            "put it back from a backup: without it they block nobody; if it is lost for good, "
            "--new-ledger goes on without those entries");
    }
    [[noreturn]] void refuse_exchanged() const {
        throw LedgerError(
            "the key in " + shown_ + " is not the one that tocsin.lock names",
            "put the right one back: under another one the hashed entries of the suppression list "
            "block nobody; --new-ledger accepts this one");
    }

    const Workspace& workspace_;
    std::string shown_;
    std::string named_;  // by tocsin.lock
    bool exists_;
    bool listed_;  // the ledger has hashed entries
};

std::shared_ptr<AddressNames> names_of(const Workspace& workspace, const KeyRing& keys,
                                       const std::optional<SuppressionKey>& key) {
    if (!key) return std::make_shared<AddressNames>(keys);
    return std::make_shared<AddressNames>(keys, *key, workspace.hash_suppressions);
}

void demand_present(const Workspace& workspace, Ledger& ledger, LedgerUse use) {
    if (use == LedgerUse::kAdopt) return;
    demand_unmarked(ledger);
    if (use != LedgerUse::kSend) return;
    auto witness = open_witness(workspace);
    if (witness) hold_against(*witness, ledger, SystemClock().now());
}

}  // namespace

OpenedLedger open_ledger(const Workspace& workspace, bool accept_new, LedgerUse use) {
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
    }
    demand_present(workspace, *opened.ledger, use);
    auto key = SuppressionKeys(workspace, lock, *opened.ledger).get(true, accept_new);
    opened.names = names_of(workspace, opened.keys, key);
    opened.ledger->use_names(opened.names);
    LockFile now{opened.ledger->id(), opened.keys.fingerprint(), key ? key->fingerprint : ""};
    if (!lock || !(*lock == now)) write_lock_file(lock_path(workspace), now);
    return opened;
}

void warn_of_untold_entries(Ledger& ledger) {
    std::size_t entries = ledger.untold_entries();
    if (entries == 0) return;
    log_warning(std::to_string(entries) +
                (entries == 1 ? " entry of the suppression list blocks nobody: it is"
                              : " entries of the suppression list block nobody: they are") +
                " known by a hash under an earlier secret only. Name that secret in "
                "`previous_secrets` of tocsin.yaml.");
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

std::unique_ptr<Ledger> open_ledger_to_find(const Workspace& workspace) {
    auto ledger = open_ledger_to_look(workspace);
    if (!ledger) return nullptr;
    bool hashed = workspace.hash_suppressions || ledger->has_names("h:");
    if (!hashed && !ledger->has_names("t:")) return ledger;
    auto lock = read_lock_file(lock_path(workspace));
    auto key = SuppressionKeys(workspace, lock, *ledger).get(false, false);
    ledger->use_names(names_of(workspace, keys_to_look(workspace), key));
    return ledger;
}

}  // namespace tocsin
