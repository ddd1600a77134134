// Bytes at offsets: the ground under the readers of lists. Files are read with pread and never
// mapped, since a mapped file that somebody cuts short kills the process.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "base/descriptor.h"
#include "base/file.h"

namespace tocsin {

class ByteSource {
  public:
    virtual ~ByteSource() = default;
    virtual std::uint64_t size() const = 0;
    // Reads up to `most` bytes at `offset`; may give fewer, but none only at the end.
    virtual std::size_t read_at(std::uint64_t offset, char* to, std::size_t most) = 0;
    // Whether the bytes are still those that were there at the beginning, as far as can be told.
    virtual bool unchanged() const { return true; }
};

class MemorySource : public ByteSource {
  public:
    // Gives at most `chunk` bytes a call, for tests of block boundaries; 0 is no bound.
    explicit MemorySource(std::string bytes, std::size_t chunk = 0)
        : bytes_(std::move(bytes)), chunk_(chunk) {}
    std::uint64_t size() const override { return bytes_.size(); }
    std::size_t read_at(std::uint64_t offset, char* to, std::size_t most) override;

  private:
    std::string bytes_;
    std::size_t chunk_;
};

// A regular file, as long as it was when opened: what is appended later is not read. Reading throws
// std::system_error, which names the path, never the content.
class FileSource : public ByteSource {
  public:
    enum class Refusal { kMissing, kNotAFile, kUnreadable };

    // Nothing, and `why` set, where there is no such file, it is no regular file, or we may not.
    static std::optional<FileSource> open(const std::filesystem::path& path, Refusal& why);

    std::uint64_t size() const override { return opened_.size; }
    std::size_t read_at(std::uint64_t offset, char* to, std::size_t most) override;
    bool unchanged() const override;
    // What was opened: two paths to one file have the same.
    struct Identity {
        std::uint64_t device = 0;
        std::uint64_t inode = 0;
        friend bool operator==(const Identity&, const Identity&) = default;
    };
    const Identity& identity() const { return identity_; }

  private:
    FileSource(std::filesystem::path path, Descriptor fd, FileStamp opened, Identity identity)
        : path_(std::move(path)), fd_(std::move(fd)), opened_(opened), identity_(identity) {}
    std::filesystem::path path_;
    Descriptor fd_;
    FileStamp opened_;
    Identity identity_;
};

}  // namespace tocsin
