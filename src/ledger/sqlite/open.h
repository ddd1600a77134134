// The ledger in one SQLite file: WAL, synchronous=FULL, mode 0600.
#pragma once

#include <filesystem>
#include <memory>

#include "ledger/ledger.h"

namespace tocsin {

enum class OpenMode {
    kExisting,  // LedgerError if there is none
    kCreate,    // makes one if there is none
};

// Throws LedgerError where the file is no ledger, is damaged, was written by a newer version, is
// read-only, or lies on a network file system (locks do not hold there); it is never recreated
// silently. A ledger of an earlier version is upgraded, which throws Busy while a program of that
// version plans or sends.
std::unique_ptr<Ledger> open_sqlite_ledger(const std::filesystem::path& file, OpenMode mode);

}  // namespace tocsin
