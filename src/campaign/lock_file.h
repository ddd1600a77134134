// tocsin.lock: which ledger and which key belong to this workspace. It is committed, so that a lost
// or exchanged one is noticed before somebody is mailed twice.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace tocsin {

struct LockFile {
    std::string ledger;  // Ledger::id()
    std::string key;     // fingerprint of the secret: mail/token.h
    // Fingerprint of the key of hashed suppressions (mail/address_names.h), or empty.
    std::string suppression_key{};
    friend bool operator==(const LockFile&, const LockFile&) = default;
};

// Nothing if there is no such file; LedgerError if it cannot be understood.
std::optional<LockFile> read_lock_file(const std::filesystem::path& file);
void write_lock_file(const std::filesystem::path& file, const LockFile& lock);

}  // namespace tocsin
