#include <doctest/doctest.h>

#include "preview/page_parts.h"
#include "unit/preview/campaign.h"

using namespace tocsin;
using namespace tocsin::testing;

TEST_CASE("sizes are kilobytes with one digit") {
    CHECK(kilobytes(0) == "0.0 KB");
    CHECK(kilobytes(1024) == "1.0 KB");
    CHECK(kilobytes(13'500) == "13.2 KB");
    CHECK(kilobytes(2'000'000) == "1,953.1 KB");
}

TEST_CASE("numbers, exclusions by reason, duplicates") {
    CampaignSummary summary;
    summary.audience.people = 1234;
    summary.exclusions = {{"excluded by lists/a.csv", 3}, {"on the suppression list", 4}};
    summary.duplicates = 2;
    summary.knows_suppressed = true;
    std::string html = summary_section(summary);
    CHECK(has(html, "<b>1,234</b><span>get this mail</span>"));
    CHECK(has(html, "<b>7</b><span>left out</span>"));
    CHECK(has(html, "<b>2</b><span>duplicate rows</span>"));
    CHECK(has(html, "<td>excluded by lists/a.csv</td><td class=\"n\">3</td>"));
    CHECK_FALSE(has(html, "no ledger"));
    summary.knows_suppressed = false;
    CHECK(has(summary_section(summary), "no ledger"));
}

TEST_CASE("tags of a template are marked, an open one is not") {
    CampaignSummary summary;
    summary.subject = "A {{&b}} {{{c}}}<{{d";
    CHECK(has(summary_section(summary),
              "A <i class=\"tag\">{{&amp;b}}</i> <i class=\"tag\">{{{c}}}</i>&lt;{{d"));
}

TEST_CASE("findings, or that there are none, and how many are ignored") {
    CampaignSummary summary;
    CHECK(has(summary_section(summary), "Nothing found"));
    summary.ignored = 2;
    CHECK(has(summary_section(summary), "2 more ignored by"));
    summary.findings.add({Severity::kWarning, "no-lang", {}, "it says no language", "", ""});
    CHECK_FALSE(has(summary_section(summary), "Nothing found"));
    CHECK(has(summary_section(summary), "it says no language"));
}

TEST_CASE("the largest mail is held against Gmail's line") {
    AudienceSummary audience;
    CHECK(size_card(audience).empty());
    audience.sizes = {1024, 2048, 4096};
    CHECK(has(size_card(audience), "<td>largest</td><td class=\"n\">4.0 KB</td>"));
    CHECK_FALSE(has(size_card(audience), "cuts the largest off"));
    audience.sizes.largest = kGmailLine;
    CHECK(has(size_card(audience), "cuts the largest off"));
}
