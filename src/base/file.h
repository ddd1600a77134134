// Files as this program needs them: whole reads with a bound, replacement that survives a crash,
// and private modes for all that holds personal data or keys.
//
// Paths are std::filesystem::path; errors are std::system_error with the path in the message,
// except where a function says otherwise.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

// The whole file. Throws MissingInput if there is none, std::system_error if it cannot be read
// or is larger than `most` bytes.
std::string read_file(const std::filesystem::path& path, std::uint64_t most = 64u << 20);

// Replaces `path` by a new file of mode 0600: written beside it, synced, renamed, folder synced.
// After a crash the old or the new content is there, never a part.
void replace_file(const std::filesystem::path& path, std::string_view content);

// Creates `path` with mode 0600 and the content, synced; false if something has that name already.
bool create_file(const std::filesystem::path& path, std::string_view content);

// Makes the folder and its missing parents, each made one with mode 0700.
void make_private_folder(const std::filesystem::path& path);

// Syncs a folder, so that a rename or creation in it is durable.
void sync_folder(const std::filesystem::path& path);

// What tells cheaply that a file is the one seen before.
struct FileStamp {
    std::uint64_t inode = 0;
    std::uint64_t size = 0;
    std::int64_t modified_ns = 0;  // since the epoch
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};
std::optional<FileStamp> stamp(const std::filesystem::path& path);

// An advisory lock (flock) on a file, held until destruction or the end of the process, however
// that comes.
class FileLock {
  public:
    // Takes the lock at once or returns nothing. `note` replaces the file's content: who holds it.
    static std::optional<FileLock> try_lock(const std::filesystem::path& path,
                                            std::string_view note);
    FileLock(FileLock&& other) noexcept;
    FileLock& operator=(FileLock&& other) noexcept;
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;
    ~FileLock();

  private:
    explicit FileLock(int fd) : fd_(fd) {}
    int fd_;
};

}  // namespace tocsin
