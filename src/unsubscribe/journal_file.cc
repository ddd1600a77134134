#include "unsubscribe/journal_file.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/random.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

constexpr std::string_view kMagic = "tocsin-unsubscribes\t1\t";
constexpr std::size_t kId = 16;
constexpr std::size_t kFirstLine = kMagic.size() + kId + 1;

bool is_hex(std::string_view text) {
    return text.find_first_not_of("0123456789abcdef") == text.npos;
}

// The beginning of a first line, and no more: what a crash can leave of a new file.
bool is_begun_only(std::string_view bytes) {
    if (bytes.size() <= kMagic.size()) return kMagic.starts_with(bytes);
    return bytes.size() < kFirstLine && bytes.starts_with(kMagic) &&
           is_hex(bytes.substr(kMagic.size()));
}

bool is_first_line(std::string_view bytes) {
    return bytes.size() == kFirstLine && bytes.starts_with(kMagic) && bytes.back() == '\n' &&
           is_hex(bytes.substr(kMagic.size(), kId));
}

bool write_at(int fd, std::string_view bytes, std::uint64_t offset) {
    while (!bytes.empty()) {
        ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(written));
        offset += static_cast<std::uint64_t>(written);
    }
    return true;
}

// Calls `take` with each whole line and where it begins; returns where the last one ends.
template <typename Take>
std::uint64_t for_each_line(const JournalFile& file, std::uint64_t from, Take take) {
    constexpr std::size_t kBlock = 1u << 20;
    std::string rest;
    for (std::uint64_t at = from;;) {
        std::string block = file.read(at, kBlock);
        if (block.empty()) return at - rest.size();
        at += block.size();
        rest += block;
        std::size_t begin = 0;
        const std::uint64_t first = at - rest.size();
        for (auto end = rest.find('\n'); end != rest.npos; end = rest.find('\n', begin)) {
            take(std::string_view(rest).substr(begin, end - begin), first + begin);
            begin = end + 1;
        }
        rest.erase(0, begin);
    }
}

}  // namespace

JournalFile::JournalFile(const fs::path& path, const Visit& visit) : path_(path) {
    make_private_folder(fs::absolute(path).parent_path());
    file_ = Descriptor(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!file_) fail("cannot open");
    if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) fail("cannot lock");
        throw Busy("another process writes " + path.string(), "only one `serve` may use a file");
    }
    begin();
    load(visit);
    // Always: who made the file may have been stopped before it was sure to be found again.
    sync_folder(fs::absolute(path_).parent_path());
}

void JournalFile::begin() {
    std::string first = read(0, kFirstLine);
    if (is_begun_only(first)) {
        torn_ = true;
        append(std::string(kMagic) + random_hex(kId / 2) + "\n");
        first = read(0, kFirstLine);
    }
    if (!is_first_line(first)) {
        throw LedgerError(path_.string() + " is no journal of unsubscribes", "name another file");
    }
    id_ = first.substr(kMagic.size(), kId);
}

void JournalFile::load(const Visit& visit) {
    std::uint64_t last = 0;
    size_ = for_each_line(*this, kFirstLine, [&](std::string_view line, std::uint64_t offset) {
        auto record = parse_record(line);
        if (!record || record->number <= last) {
            ++bad_lines_;
            return;
        }
        last = record->number;
        visit(*record, offset);
    });
    // Also makes sure of lines that the last writer was killed before it had synced.
    cut();
}

void JournalFile::cut() {
    if (::ftruncate(file_.get(), static_cast<off_t>(size_)) != 0) fail("cannot mend");
    if (::fdatasync(file_.get()) != 0) fail("cannot sync");
    torn_ = false;
}

bool JournalFile::is_in_place() const {
    struct stat open {
    }, named{};
    return ::fstat(file_.get(), &open) == 0 && ::stat(path_.c_str(), &named) == 0 &&
           open.st_dev == named.st_dev && open.st_ino == named.st_ino;
}

std::uint64_t JournalFile::append(std::string_view lines) {
    if (!is_in_place()) {
        throw LedgerError(path_.string() + " is not the file any more that is written",
                          "put it back, or start `serve` again with what is there");
    }
    if (torn_) cut();
    torn_ = true;
    if (!write_at(file_.get(), lines, size_)) {
        const int error = errno;
        if (::ftruncate(file_.get(), static_cast<off_t>(size_)) == 0) torn_ = false;
        errno = error;
        fail("cannot write");
    }
    // After a failed sync the kernel may take for written what is not: `cut` comes first then.
    if (::fdatasync(file_.get()) != 0) fail("cannot sync");
    torn_ = false;
    size_ += lines.size();
    return size_ - lines.size();
}

std::string JournalFile::read(std::uint64_t offset, std::size_t count) const {
    std::string bytes(count, '\0');
    std::size_t got = 0;
    while (got < count) {
        ssize_t more =
            ::pread(file_.get(), bytes.data() + got, count - got, static_cast<off_t>(offset + got));
        if (more < 0 && errno == EINTR) continue;
        if (more < 0) fail("cannot read");
        if (more == 0) break;
        got += static_cast<std::size_t>(more);
    }
    bytes.resize(got);
    return bytes;
}

// Without a line end it is no line, should it stay.
bool JournalFile::can_append() {
    struct statvfs disk {};
    if (!is_in_place()) return false;
    if (::fstatvfs(file_.get(), &disk) != 0 || disk.f_bavail == 0) return false;
    torn_ = true;
    const bool fits = write_at(file_.get(), std::string(512, ' '), size_);
    try {
        cut();
    } catch (const LedgerError&) {
        return false;
    }
    return fits;
}

void JournalFile::fail(const char* what) const {
    throw LedgerError(std::string(what) + " " + path_.string() + ": " + std::strerror(errno),
                      "the disk may be full, or the folder not writable");
}

}  // namespace tocsin
