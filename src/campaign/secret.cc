#include "campaign/secret.h"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

#include "base/descriptor.h"
#include "base/error.h"
#include "base/file.h"
#include "base/random.h"
#include "campaign/command_output.h"
#include "campaign/quote.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

constexpr std::size_t kLongestSecret = 64u << 10;
constexpr std::size_t kShortestKey = 16;
constexpr std::size_t kNewKeyBytes = 32;

// Refused by the mode of the open file, so that it cannot be exchanged in between.
void refuse_if_shared(int fd, const std::string& shown) {
    struct stat info {};
    if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        throw ConfigError("the secret " + shown + " is not a file");
    }
    if ((info.st_mode & 077) != 0) {
        throw ConfigError("the secret " + shown + " can be read by others", "chmod 600 " + shown);
    }
}

std::string read_secret_file(const fs::path& path, const Workspace& workspace) {
    std::string shown = workspace.shown(path);
    // Not blocking, so that a FIFO cannot make it wait.
    Descriptor fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (!fd) throw ConfigError("cannot read the secret " + shown + ": " + std::strerror(errno));
    refuse_if_shared(fd.get(), shown);
    std::string secret(kLongestSecret, '\0');
    std::size_t size = 0;
    while (size < secret.size()) {
        ssize_t got = ::read(fd.get(), secret.data() + size, secret.size() - size);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) throw ConfigError("cannot read the secret " + shown);
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    secret.resize(size);
    return secret;
}

std::string read_secret_variable(const std::string& name) {
    const char* value = std::getenv(name.c_str());
    if (value != nullptr) return value;
    throw ConfigError("the environment variable " + name + ", which holds a secret, is not set");
}

// Says nothing of what the command printed: part of it may be the secret.
std::string read_secret_command(const std::string& command, const Workspace& workspace) {
    CommandOutput output;
    try {
        output = run_command(command, workspace.root, kLongestSecret);
    } catch (const std::system_error& error) {
        throw ConfigError("the command for a secret cannot be run: " + error.code().message());
    }
    if (output.too_long) throw ConfigError("the command for a secret prints more than 64 KiB");
    if (output.status == 0) return output.text;
    throw ConfigError("the command for a secret ended with status " + std::to_string(output.status),
                      "run it by hand in the workspace's folder: " + in_backquotes(command));
}

std::string describe(const SecretSource& source) {
    switch (source.kind) {
        case SecretSource::Kind::kFile:
            return "the secret " + source.value;
        case SecretSource::Kind::kEnvironment:
            return "the secret in the environment variable " + source.value;
        case SecretSource::Kind::kCommand:
            return "the secret that a command prints";
    }
    return "";
}

std::string fetch_raw(const SecretSource& source, const Workspace& workspace) {
    switch (source.kind) {
        case SecretSource::Kind::kFile:
            return read_secret_file(workspace.root / source.value, workspace);
        case SecretSource::Kind::kEnvironment:
            return read_secret_variable(source.value);
        case SecretSource::Kind::kCommand:
            return read_secret_command(source.value, workspace);
    }
    return "";
}

void make_key_if_absent(const fs::path& path) {
    std::error_code ignored;
    if (fs::exists(fs::symlink_status(path, ignored))) return;
    make_private_folder(path.parent_path());
    // Where another process was faster, its key counts.
    create_file(path, random_hex(kNewKeyBytes) + "\n");
}

std::string fetch_key(const SecretSource& source, const Workspace& workspace) {
    std::string key = fetch_secret(source, workspace);
    if (key.size() >= kShortestKey) return key;
    throw ConfigError(describe(source) + " is shorter than " + std::to_string(kShortestKey) +
                          " characters and could be guessed",
                      "make one with `openssl rand -hex 32`");
}

}  // namespace

std::string fetch_secret(const SecretSource& source, const Workspace& workspace) {
    std::string secret = fetch_raw(source, workspace);
    while (secret.ends_with('\n') || secret.ends_with('\r')) secret.pop_back();
    if (secret.empty()) throw ConfigError(describe(source) + " is empty");
    return secret;
}

std::vector<std::string> fetch_keys(const Workspace& workspace, bool may_create) {
    bool is_file = workspace.secret.kind == SecretSource::Kind::kFile;
    if (is_file && may_create) make_key_if_absent(workspace.root / workspace.secret.value);
    std::vector<std::string> keys{fetch_key(workspace.secret, workspace)};
    for (const SecretSource& previous : workspace.previous_secrets) {
        keys.push_back(fetch_key(previous, workspace));
    }
    return keys;
}

std::string fetch_suppression_key(const Workspace& workspace, bool may_create) {
    const SecretSource key = workspace.suppression_key();
    if (may_create) make_key_if_absent(workspace.root / key.value);
    return fetch_key(key, workspace);
}

}  // namespace tocsin
