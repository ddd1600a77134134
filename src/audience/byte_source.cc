#include "audience/byte_source.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace tocsin {
namespace {

FileStamp stamp_of(const struct stat& info) {
    return {static_cast<std::uint64_t>(info.st_ino), static_cast<std::uint64_t>(info.st_size),
            info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec};
}

}  // namespace

std::size_t MemorySource::read_at(std::uint64_t offset, char* to, std::size_t most) {
    if (offset >= bytes_.size()) return 0;
    auto from = static_cast<std::size_t>(offset);
    std::size_t count = std::min(most, bytes_.size() - from);
    if (chunk_ > 0) count = std::min(count, chunk_);
    std::memcpy(to, bytes_.data() + from, count);
    return count;
}

std::optional<FileSource> FileSource::open(const std::filesystem::path& path, Refusal& why) {
    // O_NONBLOCK: opening a FIFO would wait for its writer.
    Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!fd) {
        bool absent = errno == ENOENT || errno == ENOTDIR;
        if (!absent && errno != EACCES && errno != EPERM && errno != ENXIO && errno != ELOOP) {
            throw std::system_error(errno, std::generic_category(), "cannot open " + path.string());
        }
        why = absent           ? Refusal::kMissing
              : errno == ENXIO ? Refusal::kNotAFile
                               : Refusal::kUnreadable;
        return std::nullopt;
    }
    struct stat info {};
    if (::fstat(fd.get(), &info) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot read " + path.string());
    }
    if (!S_ISREG(info.st_mode)) {
        why = Refusal::kNotAFile;
        return std::nullopt;
    }
    Identity identity{static_cast<std::uint64_t>(info.st_dev),
                      static_cast<std::uint64_t>(info.st_ino)};
    return FileSource(path, std::move(fd), stamp_of(info), identity);
}

std::size_t FileSource::read_at(std::uint64_t offset, char* to, std::size_t most) {
    if (offset >= opened_.size) return 0;
    most = static_cast<std::size_t>(std::min<std::uint64_t>(most, opened_.size - offset));
    for (;;) {
        ssize_t got = ::pread(fd_.get(), to, most, static_cast<off_t>(offset));
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno == EINTR) continue;
        throw std::system_error(errno, std::generic_category(), "cannot read " + path_.string());
    }
}

bool FileSource::unchanged() const {
    struct stat info {};
    return ::fstat(fd_.get(), &info) == 0 && stamp_of(info) == opened_;
}

}  // namespace tocsin
