#include "ledger/sqlite/place.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <system_error>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/error.h"
#include "base/file.h"
#include "base/random.h"

namespace fs = std::filesystem;

namespace tocsin::sqlite {
namespace {

constexpr char kWritable[] = "The file and its folder must be writable for this user.";

std::string system_text(int error) {
    return std::generic_category().message(error);
}

fs::path folder_of(const fs::path& file) {
    return file.has_parent_path() ? file.parent_path() : fs::path(".");
}

void refuse_network(const fs::path& folder) {
    struct statfs info {};
    if (::statfs(folder.c_str(), &info) != 0 || !is_network_file_system(info.f_type)) return;
    throw LedgerError("the ledger's folder " + folder.string() + " is on a network file system",
                      "Locks do not hold there, so that people could be mailed twice; put the "
                      "ledger on a local disk.");
}

// By path throughout: to close any descriptor of the file would drop the locks that SQLite holds
// on it for another connection of this process (POSIX record locks belong to the process).
void make_private(const fs::path& file, const struct stat& info) {
    if ((info.st_mode & 0077) == 0) return;
    if (::chmod(file.c_str(), 0600) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot make the ledger private");
    }
}

void check_writable(const fs::path& path) {
    if (::faccessat(AT_FDCWD, path.c_str(), W_OK, AT_EACCESS) == 0) return;
    throw LedgerError("cannot write " + path.string() + ": " + system_text(errno), kWritable);
}

// The file under its first name and its companions, gone when this goes.
struct Removed {
    fs::path path;
    ~Removed() {
        for (const char* end : {"", "-wal", "-shm", "-journal"}) {
            ::unlink((path.string() + end).c_str());
        }
    }
};

void sync_file(const fs::path& path) {
    Descriptor fd(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    if (!fd || ::fsync(fd.get()) != 0) {
        throw std::system_error(errno, std::generic_category(), "cannot sync " + path.string());
    }
}

// Never that of another file; then false. NFS and some others do not promise it of a rename, but
// of a second name: the first goes with `Removed`.
bool give_name(const fs::path& file, const fs::path& name) {
    if (::renameat2(AT_FDCWD, file.c_str(), AT_FDCWD, name.c_str(), RENAME_NOREPLACE) == 0) {
        return true;
    }
    if (errno == EINVAL && ::link(file.c_str(), name.c_str()) == 0) return true;
    if (errno == EEXIST) return false;
    throw std::system_error(errno, std::generic_category(), "cannot make " + name.string());
}

}  // namespace

bool is_network_file_system(long type) {
    constexpr std::array<unsigned, 8> kTypes = {
        0x6969,      // NFS
        0x517b,      // SMB
        0xff534d42,  // CIFS
        0xfe534d42,  // SMB2
        0x5346414f,  // AFS
        0x73757245,  // Coda
        0x564c,      // NCP
        0x00c36400,  // Ceph
    };
    return std::find(kTypes.begin(), kTypes.end(), static_cast<unsigned>(type)) != kTypes.end();
}

void check_place(const fs::path& file) {
    struct stat info {};
    if (::stat(file.c_str(), &info) != 0 && (errno == ENOENT || errno == ENOTDIR)) {
        throw LedgerError("there is no ledger " + file.string(),
                          "Restore it from a backup, or correct `ledger:` in tocsin.yaml.");
    }
    if (!S_ISREG(info.st_mode)) {
        throw LedgerError("cannot read the ledger " + file.string() + ", or it is no regular file",
                          kWritable);
    }
    refuse_network(folder_of(file));
    check_writable(file);
    check_writable(folder_of(file));
    make_private(file, info);
}

bool create_in_one_step(const fs::path& file, const std::function<void(const fs::path&)>& build) {
    fs::path folder = folder_of(file);
    make_private_folder(folder);
    refuse_network(folder);
    return place_in_one_step(file, build);
}

bool place_in_one_step(const fs::path& file, const std::function<void(const fs::path&)>& build) {
    Removed beside{file.string() + "." + random_hex(6) + ".tmp"};
    create_file(beside.path, "");
    build(beside.path);
    sync_file(beside.path);
    if (!give_name(beside.path, file)) return false;
    sync_folder(folder_of(file));
    return true;
}

}  // namespace tocsin::sqlite
