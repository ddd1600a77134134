#include "probe/spam_filter.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>

#include "support/temporary_folder.h"

using namespace tocsin;

namespace {

constexpr char kReport[] =
    "X-Spam-Checker-Version: SpamAssassin 4.0.1 (2024-03-25) on vm\n"
    "X-Spam-Score: 1004.6 5.0\n"
    "X-Spam-Report: \n"
    "\t* -0.0 NO_RECEIVED Informational: message has no Received headers\n"
    "\t*  2.8 DRUG_ED_CAPS BODY: Mentions\n"
    "\t*      an E.D. drug\n"
    "\t* 1000 GTUBE BODY: Generic Test\n"
    "From: a@harbour.example\n"
    "\t* 9.9 NOT_OURS of another header\n"
    "\n"
    "X-Spam-Score: 0.0 5.0\n";

// A program of the test's own in the filter's place.
struct FakeFilter {
    TemporaryFolder folder;
    std::string program = (folder.path() / "filter").string();

    explicit FakeFilter(const std::string& script) {
        std::ofstream(program) << "#!/bin/sh\n" << script << "\n";
        std::filesystem::permissions(program, std::filesystem::perms::owner_all);
    }
};

}  // namespace

TEST_CASE("score, threshold and rules are read, the heaviest first") {
    auto verdict = parse_spam_report(kReport);
    REQUIRE(verdict);
    CHECK(verdict->score == doctest::Approx(1004.6));
    CHECK(verdict->threshold == doctest::Approx(5));
    CHECK(verdict->is_spam());
    REQUIRE(verdict->rules.size() == 3);
    CHECK(verdict->rules[0].name == "GTUBE");
    CHECK(verdict->rules[0].score == doctest::Approx(1000));
    CHECK(verdict->rules[1].name == "DRUG_ED_CAPS");
    CHECK(verdict->rules[1].description == "BODY: Mentions an E.D. drug");
    CHECK(verdict->rules[2].name == "NO_RECEIVED");
}

TEST_CASE("below the threshold it is no spam, at it it is") {
    CHECK(!parse_spam_report("X-Spam-Score: 4.9 5.0\n\n")->is_spam());
    CHECK(parse_spam_report("X-Spam-Score: 5.0 5.0\n\n")->is_spam());
    CHECK(!parse_spam_report("X-Spam-Score: -1.2 5.0\r\n\r\n")->is_spam());
}

TEST_CASE("what is no answer of SpamAssassin") {
    for (const char* output : {"", "hello", "X-Spam-Score: high\n\n", "X-Spam-Score: 1.0\n\n",
                               "From: a\n\nX-Spam-Score: 1.0 5.0\n"}) {
        CAPTURE(std::string(output));
        CHECK(!parse_spam_report(output));
    }
}

TEST_CASE("a filter that is missing, fails, hangs or babbles is told, and is no verdict") {
    SpamVerdict missing = ask_spam_filter("x", {}, "tocsin-no-such-program");
    CHECK(missing.trouble.find("is not installed") != std::string::npos);
    CHECK(!missing.is_spam());
    FakeFilter failing("echo 'config: broken' >&2; exit 3");
    CHECK(ask_spam_filter("x", {}, failing.program).trouble ==
          "SpamAssassin failed with exit code 3: config: broken");
    FakeFilter hanging("sleep 1000");
    CHECK(ask_spam_filter("x", {Milliseconds(100), 1000}, hanging.program).trouble ==
          "SpamAssassin did not answer in time");
    FakeFilter babbling("yes");
    CHECK(ask_spam_filter("x", {std::chrono::seconds(60), 1000}, babbling.program).trouble ==
          "SpamAssassin said too much");
    FakeFilter silent("cat >/dev/null");
    CHECK(ask_spam_filter("x", {}, silent.program).trouble ==
          "SpamAssassin's answer cannot be understood");
}

TEST_CASE("the mail is what the filter gets") {
    FakeFilter filter(
        "echo 'X-Spam-Score: 1.5 5.0'; echo 'X-Spam-Report:'; printf '\\t* 1.5 '; cat");
    SpamVerdict verdict = ask_spam_filter("THE_MAIL it is", {}, filter.program);
    REQUIRE(verdict.rules.size() == 1);
    CHECK(verdict.rules[0].name == "THE_MAIL");
}
