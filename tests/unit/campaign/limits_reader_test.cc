// What limits a transport, and the breaker, as tocsin.yaml says them.
#include <doctest/doctest.h>

#include "unit/campaign/workspace_folder.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;
using testing::WorkspaceFolder;

constexpr char kRelay[] = "transports:\n  t:\n    type: smtp\n    host: x.example\n    ";

// The findings for an smtp transport with one more line, without the warnings about the rest.
Findings findings_of(const std::string& text) {
    WorkspaceFolder folder;
    Findings all;
    folder.config(text, all);
    Findings some;
    for (const Finding& finding : all.all()) {
        if (finding.place.line > 0) some.add(finding);
    }
    return some;
}

std::string report_on(const std::string& line) {
    Findings findings = findings_of(kRelay + line + "\n");
    return testing::report(findings);
}

std::string ids_of(const std::string& line) {
    Findings findings = findings_of(kRelay + line + "\n");
    return testing::ids(findings);
}

TransportLimits limits_of(const std::string& line) {
    WorkspaceFolder folder;
    Findings findings;
    auto workspace = folder.config(kRelay + line + "\n", findings);
    REQUIRE(workspace);
    return workspace->transports.at("t").limits;
}

}  // namespace

TEST_CASE("all limits of a transport") {
    TransportLimits limits = limits_of(
        "rate: [20/s, 50000/day]\n"
        "    warm_up: {from: 2026-12-01, steps: [50, 100, 100, 250]}\n"
        "    give_up_after: 6 hours\n"
        "    domains:\n"
        "      GMail.com: {rate: 5/s, connections: 3}\n"
        "      bücher.example: {connections: 1}\n"
        "      quay.example: {rate: [1/s, 20/min]}\n");
    using namespace std::chrono;
    TransportLimits expected{.rates = {{20, 1s}, {50'000, 24h}},
                             .warm_up = WarmUp{sys_days(2026y / December / 1), {50, 100, 100, 250}},
                             .domains = {{"gmail.com", {{{5, 1s}}, 3}},
                                         {"xn--bcher-kva.example", {{}, 1}},
                                         {"quay.example", {{{1, 1s}, {20, 1min}}, std::nullopt}}},
                             .give_up_after = 6h};
    CHECK(limits == expected);
    CHECK(limits_of("port: 25") == TransportLimits{});
}

TEST_CASE("a Maildir has a rate, and nothing that asks for a server") {
    Findings findings = findings_of(
        "transports:\n  t: {type: maildir, path: x, rate: 5/s, domains: {a.example: {}}}\n");
    CHECK(testing::ids(findings) == "2:42 unknown-key");
    WorkspaceFolder folder;
    auto workspace =
        folder.config("transports: {t: {type: maildir, path: x, rate: 5/s}}\n", findings);
    REQUIRE(workspace);
    CHECK(workspace->transports.at("t").limits.rates == Rates{{5, 1s}});
}

TEST_CASE("durations") {
    auto length = [](const std::string& words) {
        return limits_of("give_up_after: " + words).give_up_after;
    };
    CHECK(length("90 minutes") == 90min);
    CHECK(length("1 minute") == 1min);
    CHECK(length("1 hours") == 1h);
    CHECK(length("2 day") == 48h);
    CHECK(length("1 week") == 168h);
    CHECK(length("30 days") == 720h);
    for (std::string words : {"0 minutes", "2 seconds", "31 days", "721 hours", "5 weeks",
                              "99999999999999999999 weeks"}) {
        CAPTURE(words);
        CHECK(ids_of("give_up_after: " + words) == "5:20 out-of-range");
    }
    for (std::string words : {"2", "2days", "2  days", "two days", "02 days", "-2 days", "1.5 days",
                              "2 days 3 hours", "2 dayss", "s"}) {
        CAPTURE(words);
        CHECK(ids_of("give_up_after: " + words) == "5:20 bad-duration");
    }
    CHECK(report_on("give_up_after: 2d") ==
          "tocsin.yaml:5:20: error: `give_up_after` expects a duration, such as `2 days`, found "
          "`2d` [bad-duration]\n"
          "      give_up_after: 2d\n"
          "                     ^\n"
          "  hint: write `2 days`\n");
    CHECK(report_on("give_up_after: 1 fortnight")
              .ends_with("  hint: write `90 minutes`, `6 hours`, `2 days` or `1 week`\n"));
    CHECK(report_on("give_up_after: 31 days")
              .find("`give_up_after` must be between 1 minute and 30 days [out-of-range]") !=
          std::string::npos);
}

TEST_CASE("a warm-up begins on a real day and does not shrink unnoticed") {
    CHECK(ids_of("warm_up: {from: 2026-12-01}") == "5:5 missing-key");
    CHECK(ids_of("warm_up: {from: 2026-12-01, steps: []}") == "5:40 no-value");
    CHECK(ids_of("warm_up: {from: 2026-12-01, steps: [0, x]}") ==
          "5:41 out-of-range, 5:44 wrong-type");
    for (std::string day : {"2026-02-29", "2026-13-01", "1.12.2026", "tomorrow", "2026-12-1"}) {
        CAPTURE(day);
        CHECK(ids_of("warm_up: {from: " + day + ", steps: [50]}") == "5:21 bad-date");
    }
    CHECK(report_on("warm_up: {from: 2026-12-01, steps: [50, 100, 10]}") ==
          "tocsin.yaml:5:50: warning: an item of `steps` is smaller than the one before it "
          "[shrinking-step]\n"
          "      warm_up: {from: 2026-12-01, steps: [50, 100, 10]}\n"
          "                                                   ^\n");
}

TEST_CASE("domains that are none, that say nothing, or that stand there in two spellings") {
    CHECK(report_on("domains: {gmail: {rate: 5/s}}") ==
          "tocsin.yaml:5:15: error: `gmail` is no mail domain: the domain has no dot "
          "[bad-domain]\n"
          "      domains: {gmail: {rate: 5/s}}\n"
          "                ^\n");
    CHECK(ids_of("domains: {\"\": {rate: 5/s}, a_b.example: {rate: 5/s}}") ==
          "5:15 bad-domain, 5:32 bad-domain");
    CHECK(ids_of("domains: {a.example: {}}") == "5:15 missing-key");
    CHECK(ids_of("domains: {a.example: {connections: 101, rates: 5/s}}") ==
          "5:40 out-of-range, 5:45 unknown-key");
    CHECK(report_on("domains: {a.example: {rate: 5/s}, A.Example: {rate: 6/s}}") ==
          "tocsin.yaml:5:39: error: `A.Example` is the domain `a.example`, which stands here "
          "already [duplicate-key]\n"
          "      domains: {a.example: {rate: 5/s}, A.Example: {rate: 6/s}}\n"
          "                                        ^\n"
          "  hint: keep one of them\n");
}

TEST_CASE("the breaker: its defaults, percent with their sign") {
    WorkspaceFolder folder;
    auto breaker = [&](const std::string& value) {
        Findings findings;
        auto workspace = folder.config("breaker: " + value + "\n", findings);
        REQUIRE(workspace);
        return workspace->breaker;
    };
    CHECK(breaker("{rejected: 25%, after: 1000}") == Breaker{25, 1000});
    CHECK(breaker("{rejected: 100%}") == Breaker{100, 200});
    CHECK(breaker("{after: 1}") == Breaker{10, 1});
    auto ids = [](const std::string& value) {
        Findings findings = findings_of("breaker: " + value + "\n");
        return testing::ids(findings);
    };
    for (std::string percent : {"10", "0.1", "10 %", "ten%", "-5%", "\"%\""}) {
        CAPTURE(percent);
        CHECK(ids("{rejected: " + percent + "}") == "1:21 bad-percent");
    }
    CHECK(ids("{rejected: 0%, after: 0}") == "1:21 out-of-range, 1:32 out-of-range");
    CHECK(ids("{rejected: 101%}") == "1:21 out-of-range");
    CHECK(ids("5%") == "1:10 wrong-type");
    Findings findings = findings_of("breaker: {rejected: 10}\n");
    CHECK(testing::report(findings) ==
          "tocsin.yaml:1:21: error: `rejected` expects whole percent, found `10` "
          "[bad-percent]\n"
          "  breaker: {rejected: 10}\n"
          "                      ^\n"
          "  hint: write `10%`\n");
}

}  // namespace tocsin
