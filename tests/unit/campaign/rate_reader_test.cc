// `rate:` wherever it stands, as a user writes it.
#include <doctest/doctest.h>

#include "unit/campaign/workspace_folder.h"

namespace tocsin {
namespace {

using namespace std::chrono_literals;
using testing::kGoodCampaign;
using testing::WorkspaceFolder;

Rates rates_of(const std::string& value) {
    WorkspaceFolder folder;
    Findings findings;
    auto campaign = folder.campaign(kGoodCampaign + "rate: " + value + "\n", findings);
    CHECK(testing::report(findings) == "");
    return campaign ? campaign->rates : Rates{};
}

// The message and hint of the one finding for `rate: VALUE`.
std::string fault_of(const std::string& value) {
    WorkspaceFolder folder;
    Findings findings;
    folder.campaign(kGoodCampaign + "rate: " + value + "\n", findings);
    CHECK(findings.all().size() == 1);
    if (findings.empty()) return "";
    const Finding& finding = findings.all()[0];
    return finding.message + " [" + finding.id + "] " + finding.hint;
}

}  // namespace

TEST_CASE("rates of each period, alone and all at once") {
    CHECK(rates_of("20/s") == Rates{{20, 1s}});
    CHECK(rates_of("\"1/day\"") == Rates{{1, 24h}});
    CHECK(rates_of("[20/s, 500/min, 10000/h, 50000/day]") ==
          Rates{{20, 1s}, {500, 1min}, {10'000, 1h}, {50'000, 24h}});
    CHECK(rates_of("[1000000000/day, 1/s]") == Rates{{1'000'000'000, 24h}, {1, 1s}});
}

TEST_CASE("a rate in another form is shown in the right one") {
    auto expects = [](const std::string& found, const std::string& hint) {
        return "`rate` expects a number and a period, such as `20/s`, found `" + found +
               "` [bad-rate] " + hint;
    };
    CHECK(fault_of("30") == expects("30", "write `30/s`, `30/min`, `30/h` or `30/day`"));
    CHECK(fault_of("20/sec") == expects("20/sec", "write `20/s`"));
    CHECK(fault_of("20 / s") == expects("20 / s", "write `20/s`"));
    CHECK(fault_of("5/Minute") == expects("5/Minute", "write `5/min`"));
    CHECK(fault_of("5/d") == expects("5/d", "write `5/day`"));
    CHECK(fault_of("5/month") == expects("5/month", "write `5/s`, `5/min`, `5/h` or `5/day`"));
    for (std::string value : {"1.5/s", "-1/s", "1_000/s", "020/s", "/s", "fast", "20/", "1/s/s"}) {
        CAPTURE(value);
        CHECK(fault_of(value).starts_with(expects(value, "write `")));
    }
}

TEST_CASE("a rate of nothing, and one beyond all measure") {
    CHECK(fault_of("0/s") ==
          "`rate` must allow between 1 and 1,000,000,000 mails [out-of-range] to keep a campaign "
          "from going out, use `tocsin hold`");
    for (std::string value : {"1000000001/s", "99999999999999999999999999/s"}) {
        CHECK(fault_of(value) ==
              "`rate` must allow between 1 and 1,000,000,000 mails [out-of-range] ");
    }
}

TEST_CASE("two rates for one period, and lists that are none") {
    WorkspaceFolder folder;
    CHECK(folder.campaign_report(kGoodCampaign + "rate: [20/s, 5/min, 30/s]\n") ==
          "campaigns/c.yaml:6:21: error: `rate` has two rates for the same period "
          "[repeated-rate]\n"
          "  rate: [20/s, 5/min, 30/s]\n"
          "                      ^\n"
          "  hint: keep one of them\n");
    CHECK(fault_of("[]") == "`rate` names no rate [no-value] ");
    CHECK(fault_of("{s: 20}") ==
          "`rate` expects a list, found a map [wrong-type] write it in brackets: `[…]`");
    CHECK(fault_of("[20/s, [5/min]]") ==
          "an item of `rate` expects text, found a list [wrong-type] ");
}

}  // namespace tocsin
