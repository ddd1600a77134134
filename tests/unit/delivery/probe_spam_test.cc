#include "delivery/probe_spam.h"

#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>

#include "small_campaign.h"
#include "support/temporary_folder.h"

using namespace tocsin;

namespace {

// A workspace with two people, and a program of the test's own for SpamAssassin.
struct Fixture {
    TemporaryFolder folder;
    Workspace workspace;
    Campaign campaign = test::small_campaign();
    LintIgnore ignore;
    Findings findings;
    std::string path = std::getenv("PATH");

    Fixture() {
        workspace.root = folder.path();
        folder.write("templates/a.txt.mustache", "Dear {{first_name}}");
        folder.write("lists/m.csv", "email,first_name\nann@one.example,Ann\nbob@two.example,Bob\n");
        campaign.text = Located{"a.txt.mustache", {"campaigns/alert.yaml", 4, 7}};
        campaign.audience.lists = {{"lists/m.csv", {"campaigns/alert.yaml", 5, 9}}};
    }
    ~Fixture() { ::setenv("PATH", path.c_str(), 1); }
    Fixture(const Fixture&) = delete;
    Fixture& operator=(const Fixture&) = delete;

    std::optional<SpamVerdict> probe(const std::string& script) {
        auto program = folder.write("programs/spamassassin", "#!/bin/sh\n" + script);
        std::filesystem::permissions(program, std::filesystem::perms::owner_all);
        ::setenv("PATH", (folder.path() / "programs").string().append(":" + path).c_str(), 1);
        LintReport report(ignore, findings);
        return probe_spam(workspace, campaign, WallTime{}, report);
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "the first person's mail is judged, and spam is reported") {
    auto verdict = probe(
        "grep -q 'Dear Ann' || exit 1\n"
        "printf 'X-Spam-Score: 7.5 5.0\\nX-Spam-Report:\\n\\t* 4.5 A a\\n\\t* 3 B b\\n\\t* -1 C "
        "c\\n\\n'");
    REQUIRE(verdict);
    CHECK(verdict->is_spam());
    REQUIRE(findings.all().size() == 1);
    CHECK(findings.all()[0].id == "spam-score");
    CHECK(findings.all()[0].place == Place{"campaigns/alert.yaml", 0, 0});
    CHECK(findings.all()[0].message ==
          "SpamAssassin gives the first person's mail 7.5 points, and takes it for spam from 5.0 "
          "on: A (4.5), B (3.0)");
}

TEST_CASE_FIXTURE(Fixture, "a good score is shown, and not reported") {
    auto verdict = probe("printf 'X-Spam-Score: -0.5 5.0\\n\\n'");
    REQUIRE(verdict);
    CHECK(points(verdict->score) == "-0.5");
    CHECK(findings.empty());
}

TEST_CASE_FIXTURE(Fixture, "a filter without a verdict is reported as that") {
    auto verdict = probe("exit 9");
    REQUIRE(verdict);
    CHECK(!verdict->known());
    REQUIRE(findings.all().size() == 1);
    CHECK(findings.all()[0].message == "SpamAssassin failed with exit code 9");
}

TEST_CASE_FIXTURE(Fixture, "a mail that cannot be rendered is given to nobody") {
    folder.write("templates/a.txt.mustache", "Dear {{no_such_field}}");
    CHECK(!probe("exit 9"));
    folder.write("templates/a.txt.mustache", "Dear {{first_name}}");
    folder.write("lists/m.csv", "email,first_name\n");
    CHECK(!probe("exit 9"));
    CHECK(findings.empty());
}
