#include "campaign/inside.h"

#include <doctest/doctest.h>

#include "unit/campaign/workspace_folder.h"

namespace fs = std::filesystem;

namespace tocsin {

TEST_CASE("paths that stay in the workspace") {
    testing::WorkspaceFolder folder;
    fs::create_directory_symlink(folder.path() / "lists", folder.path() / "also-lists");
    Fence fence = workspace_fence(folder.path());
    for (std::string path : {"a", "a/b", "./a", "lists/../a", "lists/members.csv", "..a",
                             "also-lists/members.csv", "not/there/yet"}) {
        CAPTURE(path);
        CHECK(fault_of_path(fence, path) == "");
    }
}

TEST_CASE("paths that leave the workspace") {
    testing::WorkspaceFolder folder;
    testing::WorkspaceFolder elsewhere;
    fs::create_directory_symlink(elsewhere.path(), folder.path() / "away");
    fs::create_symlink(elsewhere.path() / "lists/members.csv", folder.path() / "member-link.csv");
    fs::create_symlink("loop", folder.path() / "loop");
    Fence fence = workspace_fence(folder.path());
    for (std::string path : {"..", "../a", "a/../../b", "lists/../../"}) {
        CAPTURE(path);
        CHECK(fault_of_path(fence, path) == "leads out of the workspace");
    }
    for (const fs::path& absolute : {fs::path("/"), fs::path("/etc/passwd"), folder.path()}) {
        std::string path = absolute.string();
        CAPTURE(path);
        CHECK(fault_of_path(fence, path) == "must be relative to the workspace");
    }
    for (std::string path : {"away/lists/members.csv", "away/new", "member-link.csv"}) {
        CAPTURE(path);
        CHECK(fault_of_path(fence, path) == "leads out of the workspace by a symbolic link");
    }
    CHECK(fault_of_path(fence, "loop").starts_with("cannot be followed: "));
}

TEST_CASE("a neighbour whose name begins like the workspace's is outside") {
    testing::WorkspaceFolder folder;
    fs::path neighbour = folder.path().string() + "-2";
    fs::create_directory(neighbour);
    fs::create_directory_symlink(neighbour, folder.path() / "n");
    CHECK(fault_of_path(workspace_fence(folder.path()), "n/x") ==
          "leads out of the workspace by a symbolic link");
    fs::remove_all(neighbour);
}

}  // namespace tocsin
