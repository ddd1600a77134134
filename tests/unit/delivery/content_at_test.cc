#include "delivery/content_at.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/program.h"
#include "support/temporary_folder.h"

using namespace tocsin;

namespace {

struct Repository {
    TemporaryFolder folder;
    Workspace workspace;

    Repository() {
        workspace.root = folder.path();
        git({"init", "-q", "."});
        folder.write("tocsin.yaml", "organisation: {name: Harbour, postal_address: Quay}\n");
        folder.write("campaigns/a.yaml",
                     "id: a\nfrom: R <r@harbour.example>\nsubject: Then\ntext: a.txt.mustache\n"
                     "audience: {lists: [lists/m.csv]}\nattachments: [files/b.txt]\n");
        folder.write("templates/a.txt.mustache", "{{> part}}\n");
        folder.write("templates/part.mustache", "Then");
        folder.write("files/b.txt", "bytes");
        git({"add", "-A"});
        git({"commit", "-q", "-m", "x"});
    }
    void git(std::vector<std::string> arguments) const {
        arguments.insert(arguments.begin(), {"git", "-c", "user.name=T", "-c",
                                             "user.email=t@x.test", "-c", "commit.gpgsign=false"});
        REQUIRE(run_program(arguments, "", {.folder = folder.path()}).status == 0);
    }
};

}  // namespace

TEST_CASE("what the folder holds now, or no longer, does not count; nor do lists") {
    Repository repository;
    repository.folder.write("templates/part.mustache", "Now");
    std::filesystem::remove_all(repository.folder.path() / "files");
    Findings findings;
    auto content = content_at(GitRevision(repository.folder.path(), "HEAD"), repository.workspace,
                              "campaigns/a.yaml", findings);
    REQUIRE(content);
    CHECK(content->subject.text == "Then");
    CHECK(content->templates.at("part.mustache") == "Then");
    REQUIRE(content->attachments.size() == 1);
    CHECK(content->attachments[0].bytes == "bytes");
    CHECK(content->organisation.name == "Harbour");
}

TEST_CASE("a campaign that is not there, and one that was broken") {
    Repository repository;
    GitRevision head(repository.folder.path(), "HEAD");
    Findings findings;
    CHECK_THROWS_AS(content_at(head, repository.workspace, "campaigns/b.yaml", findings),
                    MissingInput);
    repository.folder.write("templates/part.mustache", "{{#open}}");
    repository.git({"commit", "-q", "-am", "broken"});
    GitRevision broken(repository.folder.path(), "HEAD");
    CHECK_FALSE(content_at(broken, repository.workspace, "campaigns/a.yaml", findings));
    CHECK(findings.has_errors());
}
