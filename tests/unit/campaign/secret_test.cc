#include "campaign/secret.h"

#include <cstdlib>
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "base/error.h"
#include "unit/campaign/workspace_folder.h"

namespace fs = std::filesystem;

namespace tocsin {
namespace {

using testing::WorkspaceFolder;
using Kind = SecretSource::Kind;

// "message / hint" of the ConfigError that fetching ends with.
std::string fault_of(const SecretSource& source, const Workspace& workspace) {
    try {
        fetch_secret(source, workspace);
    } catch (const ConfigError& error) {
        return error.what() + std::string(" / ") + error.hint();
    }
    return "";
}

unsigned mode_of(const fs::path& path) {
    struct stat info {};
    REQUIRE(::stat(path.c_str(), &info) == 0);
    return info.st_mode & 0777;
}

void write_private(const WorkspaceFolder& folder, const std::string& name,
                   const std::string& bytes) {
    fs::permissions(folder.write(name, bytes), fs::perms::owner_read | fs::perms::owner_write);
}

}  // namespace

TEST_CASE("a secret in a file; the line end is cut, blanks stay") {
    WorkspaceFolder folder;
    write_private(folder, "state/p", " pass word \r\n\n");
    CHECK(fetch_secret({Kind::kFile, "state/p"}, folder.workspace()) == " pass word ");
}

TEST_CASE("a file that others can read is refused") {
    WorkspaceFolder folder;
    write_private(folder, "p", "hunter2");
    for (unsigned mode : {0640u, 0604u, 0660u, 0610u, 0602u}) {
        CAPTURE(mode);
        REQUIRE(::chmod((folder.path() / "p").c_str(), mode) == 0);
        CHECK(fault_of({Kind::kFile, "p"}, folder.workspace()) ==
              "the secret p can be read by others / chmod 600 p");
    }
}

TEST_CASE("files that hold no secret") {
    WorkspaceFolder folder;
    write_private(folder, "empty", "\n");
    CHECK(fault_of({Kind::kFile, "empty"}, folder.workspace()) == "the secret empty is empty / ");
    CHECK(fault_of({Kind::kFile, "none"}, folder.workspace()) ==
          "cannot read the secret none: No such file or directory / ");
    CHECK(fault_of({Kind::kFile, "lists"}, folder.workspace()) ==
          "the secret lists is not a file / ");
    REQUIRE(::mkfifo((folder.path() / "fifo").c_str(), 0600) == 0);
    CHECK(fault_of({Kind::kFile, "fifo"}, folder.workspace()) ==
          "the secret fifo is not a file / ");
}

TEST_CASE("a secret in the environment") {
    WorkspaceFolder folder;
    SecretSource source{Kind::kEnvironment, "TOCSIN_TEST_SECRET"};
    ::unsetenv("TOCSIN_TEST_SECRET");
    CHECK(fault_of(source, folder.workspace()) ==
          "the environment variable TOCSIN_TEST_SECRET, which holds a secret, is not set / ");
    ::setenv("TOCSIN_TEST_SECRET", "", 1);
    CHECK(fault_of(source, folder.workspace()) ==
          "the secret in the environment variable TOCSIN_TEST_SECRET is empty / ");
    ::setenv("TOCSIN_TEST_SECRET", "hunter2", 1);
    CHECK(fetch_secret(source, folder.workspace()) == "hunter2");
    ::unsetenv("TOCSIN_TEST_SECRET");
}

TEST_CASE("a secret that a command prints, run in the workspace's folder") {
    WorkspaceFolder folder;
    folder.write("where", "here");
    CHECK(fetch_secret({Kind::kCommand, "printf 'a b\\n'"}, folder.workspace()) == "a b");
    CHECK(fetch_secret({Kind::kCommand, "cat where"}, folder.workspace()) == "here");
    CHECK(fault_of({Kind::kCommand, "true"}, folder.workspace()) ==
          "the secret that a command prints is empty / ");
}

TEST_CASE("a command that fails does not give its output away") {
    WorkspaceFolder folder;
    write_private(folder, "p", "hunter2");
    CHECK(fault_of({Kind::kCommand, "cat p; exit 3"}, folder.workspace()) ==
          "the command for a secret ended with status 3 / run it by hand in the workspace's "
          "folder: `cat p; exit 3`");
    CHECK(fault_of({Kind::kCommand, "kill -9 $$"}, folder.workspace())
              .starts_with("the command for a secret ended with status 137"));
}

TEST_CASE("a command that prints without end is stopped") {
    WorkspaceFolder folder;
    CHECK(fault_of({Kind::kCommand, "yes"}, folder.workspace()) ==
          "the command for a secret prints more than 64 KiB / ");
}

TEST_CASE("the workspace's key is made at first use, for its owner only") {
    WorkspaceFolder folder;
    Workspace& workspace = folder.workspace();
    workspace.secret = {Kind::kFile, "state/secret"};
    CHECK_THROWS_AS(fetch_keys(workspace, false), ConfigError);
    CHECK_FALSE(fs::exists(folder.path() / "state"));
    auto keys = fetch_keys(workspace, true);
    REQUIRE(keys.size() == 1);
    CHECK(keys[0].size() == 64);
    CHECK(keys[0].find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(mode_of(folder.path() / "state/secret") == 0600);
    CHECK(mode_of(folder.path() / "state") == 0700);
    CHECK(fetch_keys(workspace, true) == keys);
    CHECK(fetch_keys(workspace, false) == keys);
}

TEST_CASE("previous keys come after the present one") {
    WorkspaceFolder folder;
    Workspace& workspace = folder.workspace();
    write_private(folder, "new", "new-key-new-key-new\n");
    write_private(folder, "old", "old-key-old-key-old\n");
    workspace.secret = {Kind::kFile, "new"};
    workspace.previous_secrets = {{Kind::kFile, "old"}};
    CHECK(fetch_keys(workspace, false) ==
          std::vector<std::string>{"new-key-new-key-new", "old-key-old-key-old"});
    workspace.previous_secrets.push_back({Kind::kFile, "gone"});
    CHECK_THROWS_AS(fetch_keys(workspace, true), ConfigError);
    CHECK_FALSE(fs::exists(folder.path() / "gone"));
}

TEST_CASE("a key that could be guessed is refused; a password may be short") {
    WorkspaceFolder folder;
    write_private(folder, "short", "fifteen-chars-x\n");
    folder.workspace().secret = {Kind::kFile, "short"};
    CHECK(fetch_secret({Kind::kFile, "short"}, folder.workspace()) == "fifteen-chars-x");
    CHECK_THROWS_WITH_AS(fetch_keys(folder.workspace(), true),
                         "the secret short is shorter than 16 characters and could be guessed",
                         ConfigError);
}

}  // namespace tocsin
