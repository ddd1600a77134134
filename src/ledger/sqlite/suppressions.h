// The suppression list: who is looked up in it, and what is added to it. Beside what stands there
// is an append-only history of what was added and lifted.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "ledger/ledger.h"
#include "ledger/sqlite/connection.h"

namespace tocsin::sqlite {

// The names of addresses that the list has entries under: without hashed entries no hash is
// computed, which a look-up for each of a million rows would feel.
class ListedNames {
  public:
    explicit ListedNames(Connection& connection);
    std::vector<std::string> of(const std::string& key) const;

  private:
    const AddressNames& names_;
    std::vector<std::size_t> kinds_;
};

// Looks people up for one list at one time, within one transaction or moment.
class SuppressionLookup {
  public:
    SuppressionLookup(Connection& connection, std::string list, WallTime now)
        : connection_(connection), list_(std::move(list)), now_(now), listed_(connection) {}
    // The entry that keeps this key from getting mail: by plain address first, then the one for
    // everything.
    std::optional<Suppression> find(const std::string& key);

  private:
    Connection& connection_;
    std::string list_;
    WallTime now_;
    ListedNames listed_;
};

// One read transaction for all: locks cost more than looking a key up.
void skip_suppressed(Connection& connection, std::span<PlanRow> rows, const std::string& list,
                     WallTime now);
// Grows with every change of the list.
std::int64_t last_suppression_event(Connection& connection);
bool has_names(Connection& connection, const std::string& prefix);
std::size_t untold_entries(Connection& connection);

// Each within a transaction of the caller. Whether it was new; `run` as in SuppressionEvent.
bool add_entry(Connection& connection, const Suppression& entry, std::int64_t run = 0);
// Where it still stands just so; told as `feedback` says.
void lift_just(Connection& connection, Suppression entry, const Feedback& feedback);
// Columns address, scope, reason, source, time, campaign, until.
Suppression read_entry(const Query& row);
// Under the name that is kept.
void note_event(Connection& connection, const SuppressionEvent& event);

std::size_t suppress(Connection& connection, std::span<const Suppression> entries);

}  // namespace tocsin::sqlite
