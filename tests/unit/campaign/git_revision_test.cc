#include "campaign/git_revision.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/program.h"
#include "support/temporary_folder.h"

using namespace tocsin;
namespace fs = std::filesystem;

namespace {

struct Repository {
    TemporaryFolder folder;

    Repository() { git({"init", "-q", "."}); }
    void git(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"git", "-c", "user.name=T", "-c",
                                             "user.email=t@x.test", "-c", "commit.gpgsign=false"});
        REQUIRE(run_program(arguments, "", {.folder = folder.path()}).status == 0);
    }
    void commit(const std::string& name, const std::string& content) const {
        folder.write(name, content);
        git({"add", "-A"});
        git({"commit", "-q", "-m", name});
    }
};

}  // namespace

TEST_CASE("files are read as a revision has them, whatever lies in the folder") {
    Repository repository;
    repository.commit("templates/a.mustache", "one\0two\n");
    repository.commit("templates/sub/b c.mustache", "b");
    repository.commit("templates/a.mustache", "later");
    GitRevision first(repository.folder.path(), "HEAD~2");
    CHECK(first.commit().size() == 40);
    CHECK(first.file("templates/a.mustache") == "one\0two\n");
    CHECK_FALSE(first.file("templates/sub/b c.mustache"));
    GitRevision head(repository.folder.path(), "HEAD");
    CHECK(head.file("templates/a.mustache") == "later");
    CHECK(head.files("templates") ==
          std::vector<fs::path>{"templates/a.mustache", "templates/sub/b c.mustache"});
    CHECK(head.files("nothing").empty());
}

TEST_CASE("a workspace below the repository's root has its own paths") {
    Repository repository;
    repository.commit("mail/templates/a.mustache", "one");
    GitRevision revision(repository.folder.path() / "mail", "HEAD");
    CHECK(revision.file("templates/a.mustache") == "one");
    CHECK(revision.files("templates") == std::vector<fs::path>{"templates/a.mustache"});
}

TEST_CASE("no repository, no such revision, and options that pose as one") {
    TemporaryFolder bare;
    CHECK_FALSE(in_git(bare.path()));
    CHECK_THROWS_WITH_AS(GitRevision(bare.path(), "HEAD"), doctest::Contains("no git repository"),
                         UsageError);
    Repository repository;
    CHECK(in_git(repository.folder.path()));
    repository.commit("a", "a");
    for (const char* revision : {"nope", "", "--help", "HEAD:a", "HEAD; touch x"}) {
        CHECK_THROWS_AS(GitRevision(repository.folder.path(), revision), UsageError);
    }
    CHECK_FALSE(fs::exists(repository.folder.path() / "x"));
}
