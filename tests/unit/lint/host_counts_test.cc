#include "lint/host_counts.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

using Lines = std::vector<std::string>;

const std::vector<PersonalLink> kLinks = {{0, "page", "", {}, false}};

struct Counting {
    HostCounts hosts{1};
    int line = 1;

    void add(std::size_t count, const std::string& host) {
        for (std::size_t i = 0; i < count; ++i) hosts.add(0, host, {"lists/a.csv", ++line, 1});
    }
    Lines report() const {
        Findings findings;
        LintReport report({}, findings);
        hosts.report(kLinks, report);
        Lines lines;
        for (const Finding& finding : findings.all()) {
            lines.push_back(std::to_string(finding.place.line) + " " + finding.message);
        }
        return lines;
    }
};

}  // namespace

TEST_CASE("host counts: one person's link that leads elsewhere is named") {
    Counting counting;
    counting.add(3, "act.harbour.example");
    counting.add(1, "evil.example");
    counting.add(1, "act.harbour.example");
    CHECK(counting.report() == Lines{"5 the link in `page` leads to evil.example, that of 4 people "
                                     "to act.harbour.example"});
}

TEST_CASE("host counts: two hosts of many people each are no strays") {
    Counting counting;
    counting.add(400, "a.example");
    counting.add(4, "b.example");
    CHECK(counting.report() == Lines{});
}

TEST_CASE("host counts: among few people nobody is everybody") {
    Counting counting;
    counting.add(3, "a.example");
    counting.add(1, "b.example");
    CHECK(counting.report() == Lines{});
}

TEST_CASE("host counts: where everybody has a host of their own nothing is said, or kept") {
    Counting counting;
    counting.add(10, "a.example");
    for (int i = 0; i < 200; ++i) counting.add(1, "h" + std::to_string(i) + ".example");
    CHECK(counting.report() == Lines{});
}

TEST_CASE("host counts: who has no link is not counted") {
    Counting counting;
    counting.add(10, "");
    counting.add(1, "a.example");
    CHECK(counting.report() == Lines{});
}
