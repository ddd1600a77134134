#include "lint/report.h"

#include <doctest/doctest.h>
#include <stdexcept>

using namespace tocsin;

TEST_CASE("lint report: a finding has its rule's severity") {
    Findings findings;
    const LintIgnore nothing;
    LintReport report(nothing, findings);
    report.add("long-subject", {"c.yaml", 3, 10}, "the subject has 71 characters");
    report.add("insecure-link", {"t.html.mustache", 1, 2}, "`http:` link", "use `https:`", "<a>");
    REQUIRE(findings.all().size() == 2);
    CHECK(findings.all()[0].severity == Severity::kWarning);
    CHECK(findings.all()[1].severity == Severity::kError);
    CHECK(findings.all()[1].hint == "use `https:`");
}

TEST_CASE("lint report: what is ignored is counted, and an unknown rule is our own mistake") {
    Findings findings;
    LintIgnore ignore{"long-subject"};
    LintReport report(ignore, findings);
    report.add("long-subject", {}, "the subject has 71 characters");
    CHECK(findings.empty());
    CHECK(report.ignored() == 1);
    CHECK(report.has("long-subject"));
    CHECK_FALSE(report.has("insecure-link"));
    CHECK_THROWS_AS(report.add("long-subjects", {}, ""), std::logic_error);
}
