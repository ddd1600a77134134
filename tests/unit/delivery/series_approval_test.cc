// Approval of a recurring campaign: of what it says and how it goes out, whoever gets it that day.
#include "base/error.h"
#include "delivery/approval.h"
#include "unit/delivery/series_support.h"

using namespace tocsin;
using namespace tocsin::test;
using Kind = ApprovalState::Kind;
using Lines = std::vector<std::string>;

namespace {

class ApprovedSeries : public SeriesCase {
  public:
    ApprovedSeries() { workspace.approval_required = true; }

    bool approve(const std::string& by = "Ann", WallTime now = at(1)) {
        Findings findings;
        auto loaded = load_campaign(workspace, campaign, findings);
        REQUIRE(loaded);
        return approve_series(workspace, loaded->content, *ledger, by, now);
    }

    PlanInfo planned(const std::string& occurrence) {
        REQUIRE(plan(occurrence));
        return *ledger->plan({campaign.id, occurrence});
    }

    ApprovalState state(const std::string& occurrence) {
        return approval_of(workspace, planned(occurrence), *ledger);
    }

    std::string refusal(const std::string& occurrence) {
        try {
            demand_approval(workspace, planned(occurrence), *ledger);
            return "";
        } catch (const Refused& refused) {
            return std::string(refused.what()) + " | " + refused.hint();
        }
    }
};

}  // namespace

TEST_CASE_FIXTURE(ApprovedSeries, "series: nobody approved, no occurrence goes") {
    CHECK(refusal(kFirst).find("`tocsin approve weekly`") != std::string::npos);
    CHECK(state(kFirst).kind == Kind::kNone);
}

TEST_CASE_FIXTURE(ApprovedSeries,
                  "series: every occurrence is approved, and other people as well") {
    CHECK(approve());
    CHECK_FALSE(approve());
    CHECK(refusal(kFirst).empty());
    write_list("email,timezone\nbob@x.example,\nzoe@x.example,\n");
    CHECK(refusal(kSecond).empty());
    CHECK(state(kSecond).approvals.at(0).by == "Ann");
}

TEST_CASE_FIXTURE(ApprovedSeries, "series: another template makes it void, and it says which") {
    approve();
    write("templates/weekly.txt.mustache", "Act!");
    write_list("email,timezone\nbob@x.example,\n");
    const ApprovalState now = state(kSecond);
    CHECK(now.kind == Kind::kVoid);
    CHECK(now.changes == Lines{"templates/weekly.txt.mustache has changed"});
    CHECK(refusal(kSecond).find("`tocsin approve weekly` approves") != std::string::npos);
    write("templates/weekly.txt.mustache", "Act now");
    CHECK(refusal(kSecond).empty());
}

TEST_CASE_FIXTURE(ApprovedSeries, "series: another transport makes it void, and it says which") {
    approve();
    workspace.transports["outbox"].settings = MaildirSettings{"/srv/elsewhere"};
    CHECK(state(kFirst).changes ==
          Lines{"`transports.outbox.path` was “/srv/outbox”, and is “/srv/elsewhere”"});
    CHECK_FALSE(refusal(kFirst).empty());
}

TEST_CASE_FIXTURE(ApprovedSeries, "series: another schedule is no other content") {
    approve();
    schedule().window = Window{std::chrono::hours(8), std::chrono::hours(20)};
    schedule().by_recipient = true;
    CHECK(refusal(kFirst).empty());
}

TEST_CASE_FIXTURE(ApprovedSeries, "series: the approval of one campaign is none of another") {
    approve();
    campaign.id = "monthly";
    CHECK(state(kFirst).kind == Kind::kNone);
}

TEST_CASE_FIXTURE(ApprovedSeries, "series: one occurrence alone is approved with its people") {
    const PlanInfo first = planned(kFirst);
    CHECK(tocsin::approve(workspace, first, *ledger, "Ann", at(1)));
    CHECK(refusal(kFirst).empty());
    CHECK(state(kSecond).kind == Kind::kNone);
    write_list("email,timezone\nann@x.example,\nbob@x.example,\n");
    CHECK(state(kFirst).changes.at(0) == "lists/a.csv has changed");
    CHECK(refusal(kFirst).find("`tocsin approve weekly@2026-12-07T09:00`") != std::string::npos);
    approve("Bob", at(2));
    CHECK(refusal(kFirst).empty());
}

TEST_CASE_FIXTURE(ApprovedSeries, "series: a plan of its own needs an approval with its people") {
    approve();
    CHECK(state("").kind == Kind::kNone);
}

TEST_CASE_FIXTURE(ApprovedSeries, "series: what was approved before it recurred covers no series") {
    const PlanInfo once = planned("");
    CHECK(tocsin::approve(workspace, once, *ledger, "Ann", at(1)));
    CHECK(state(kFirst).kind == Kind::kNone);
}

TEST_CASE_FIXTURE(ApprovedSeries, "series: the hash that is shown is the hash that is approved") {
    Findings findings;
    auto loaded = load_campaign(workspace, campaign, findings);
    REQUIRE(loaded);
    approve();
    CHECK(hash_of(parts_of(ledger->approvals({"weekly", ""}).at(0))) ==
          hash_of(series_to_approve(workspace, loaded->content)));
    CHECK(approval_of_series(workspace, loaded->content, *ledger).kind == Kind::kGiven);
}
