#include "delivery/open_leave_book.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/file.h"
#include "support/temporary_folder.h"

using namespace tocsin;

namespace {

struct Fixture {
    TemporaryFolder folder;
    SystemClock clock;
    Workspace workspace;
    const std::string secret = "a secret that is long enough";

    Fixture() {
        workspace.root = folder.path();
        workspace.ledger = folder.path() / "state/tocsin.db";
        workspace.secret = {SecretSource::Kind::kFile, "state/secret"};
    }
    std::filesystem::path secret_file(const std::string& name, const std::string& content) {
        create_file(folder.path() / name, content + "\n");
        return folder.path() / name;
    }
    Leaving leaving(const KeyRing& keys) const {
        std::string token = encode_token(keys, 1, 0, 1, "ann@one.example");
        return {token, *decode_token(keys, token), Choice::kList, "one-click", clock.now()};
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a file needs the secrets, and nothing else of a workspace") {
    StandaloneOptions options{
        {secret_file("new", "another that is long enough"), secret_file("old", secret)}, {}};
    std::vector<std::string> old = {secret};
    {
        OpenedBook opened = open_standalone_book(workspace, options, clock);
        REQUIRE(opened.pulls);
        CHECK(opened.keys->all().size() == 2);
        Leaving one = leaving(*opened.keys), of_old = leaving(KeyRing(old));
        opened.book->record(std::span(&one, 1));
        opened.book->record(std::span(&of_old, 1));
        CHECK(opened.book->standing(of_old.decoded).left_everything);
    }
    CHECK(std::filesystem::exists(workspace.state() / "unsubscribes.log"));
    CHECK_FALSE(std::filesystem::exists(workspace.ledger));
    CHECK_FALSE(std::filesystem::exists(folder.path() / "tocsin.lock"));
    OpenedBook again = open_standalone_book(workspace, options, clock);
    CHECK(again.book->standing(leaving(*again.keys).decoded).left_everything);
}

TEST_CASE_FIXTURE(Fixture, "a secret is never made for a file") {
    CHECK_THROWS_AS(open_standalone_book(workspace, {}, clock), ConfigError);
    CHECK_THROWS_AS(open_standalone_book(workspace, {{folder.path() / "none"}, {}}, clock),
                    ConfigError);
    CHECK_FALSE(std::filesystem::exists(workspace.state() / "secret"));
    CHECK_THROWS_AS(open_standalone_book(workspace, {{secret_file("short", "123")}, {}}, clock),
                    ConfigError);
}
