// Where the ledger's file lies: refuses places at which its promises cannot be kept, and keeps
// others from reading it.
#pragma once

#include <filesystem>
#include <functional>

namespace tocsin::sqlite {

// By statfs(2) f_type: NFS, SMB, AFS and their like, where locks of several hosts do not hold.
bool is_network_file_system(long type);

// Throws LedgerError unless `file` exists, is a regular file, and can be written together with its
// folder on a local file system. Makes its mode 0600: SQLite gives its companions (-wal, -shm) the
// same mode.
void check_place(const std::filesystem::path& file);

// Makes `file` by letting `build` fill a new file of mode 0600 beside it, which then gets the name
// in one step: a crash leaves no half-made ledger. False if another came first. The folder is made,
// mode 0700, where it is missing.
bool create_in_one_step(const std::filesystem::path& file,
                        const std::function<void(const std::filesystem::path&)>& build);

// The same in a folder that is there, on whatever file system: of a copy that nobody uses yet.
bool place_in_one_step(const std::filesystem::path& file,
                       const std::function<void(const std::filesystem::path&)>& build);

}  // namespace tocsin::sqlite
