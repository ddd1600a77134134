#include "base/file.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include "base/descriptor.h"
#include "base/error.h"
#include "base/random.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

[[noreturn]] void fail(const char* what, const fs::path& path) {
    throw std::system_error(errno, std::generic_category(),
                            std::string(what) + " " + path.string());
}

void write_all(int fd, std::string_view content, const fs::path& path) {
    while (!content.empty()) {
        ssize_t written = ::write(fd, content.data(), content.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) fail("cannot write", path);
        content.remove_prefix(static_cast<std::size_t>(written));
    }
}

void write_synced(int fd, std::string_view content, const fs::path& path) {
    write_all(fd, content, path);
    if (::fsync(fd) != 0) fail("cannot sync", path);
}

Descriptor create_exclusively(const fs::path& path) {
    return Descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
}

fs::path folder_of(const fs::path& path) {
    return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

}  // namespace

std::string read_file(const fs::path& path, std::uint64_t most) {
    Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!fd && (errno == ENOENT || errno == ENOTDIR)) {
        throw MissingInput("there is no file " + path.string());
    }
    if (!fd) fail("cannot read", path);
    std::string content;
    char block[1 << 16];
    for (;;) {
        ssize_t got = ::read(fd.get(), block, sizeof block);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("cannot read", path);
        if (got == 0) return content;
        content.append(block, static_cast<std::size_t>(got));
        if (content.size() > most) {
            errno = EFBIG;
            fail("cannot read", path);
        }
    }
}

void replace_file(const fs::path& path, std::string_view content) {
    fs::path beside = path;
    beside += "." + random_hex(6) + ".tmp";
    Descriptor fd = create_exclusively(beside);
    if (!fd) fail("cannot create", beside);
    try {
        write_synced(fd.get(), content, beside);
        if (::rename(beside.c_str(), path.c_str()) != 0) fail("cannot replace", path);
    } catch (...) {
        ::unlink(beside.c_str());
        throw;
    }
    sync_folder(folder_of(path));
}

bool create_file(const fs::path& path, std::string_view content) {
    Descriptor fd = create_exclusively(path);
    if (!fd && errno == EEXIST) return false;
    if (!fd) fail("cannot create", path);
    try {
        write_synced(fd.get(), content, path);
    } catch (...) {
        ::unlink(path.c_str());
        throw;
    }
    sync_folder(folder_of(path));
    return true;
}

void make_private_folder(const fs::path& path) {
    if (path.empty() || fs::is_directory(path)) return;
    make_private_folder(path.parent_path());
    if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) fail("cannot make folder", path);
    sync_folder(folder_of(path));
}

void sync_folder(const fs::path& path) {
    Descriptor fd(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!fd || ::fsync(fd.get()) != 0) fail("cannot sync folder", path);
}

std::optional<FileStamp> stamp(const fs::path& path) {
    struct stat info {};
    if (::stat(path.c_str(), &info) != 0) return std::nullopt;
    return FileStamp{static_cast<std::uint64_t>(info.st_ino),
                     static_cast<std::uint64_t>(info.st_size),
                     info.st_mtim.tv_sec * 1'000'000'000LL + info.st_mtim.tv_nsec};
}

std::optional<FileLock> FileLock::try_lock(const fs::path& path, std::string_view note) {
    int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) fail("cannot open lock", path);
    FileLock lock(fd);
    if (::flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if (errno == EWOULDBLOCK) return std::nullopt;
        fail("cannot lock", path);
    }
    if (::ftruncate(fd, 0) != 0) fail("cannot write lock", path);
    write_all(fd, note, path);
    return lock;
}

FileLock::FileLock(FileLock&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}

FileLock::~FileLock() {
    if (fd_ >= 0) ::close(fd_);
}

}  // namespace tocsin
