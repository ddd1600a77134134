#include "delivery/approval.h"

#include "base/error.h"
#include "unit/delivery/approvals_support.h"

using namespace tocsin;
using namespace tocsin::test;
using Kind = ApprovalState::Kind;
using Lines = std::vector<std::string>;

namespace {

std::string refusal(const ApprovalCase& test, const PlanInfo& plan) {
    try {
        demand_approval(test.workspace, plan, *test.ledger);
        return "";
    } catch (const Refused& refused) {
        return std::string(refused.what()) + " | " + refused.hint();
    }
}

}  // namespace

TEST_CASE("nobody approved: refused where that is required, and only there") {
    ApprovalCase test;
    PlanInfo plan = test.plan({"a@x.example"});
    CHECK(approval_of(test.workspace, plan, *test.ledger).kind == Kind::kNone);
    CHECK(refusal(test, plan).find("`tocsin approve alert`") != std::string::npos);
    test.workspace.approval_required = false;
    CHECK(refusal(test, plan).empty());
}

TEST_CASE("approved: exactly this may go, by whomever it was approved") {
    ApprovalCase test;
    PlanInfo plan = test.plan({"a@x.example"});
    CHECK(approve(test.workspace, plan, *test.ledger, "Ann", at(1)));
    CHECK_FALSE(approve(test.workspace, plan, *test.ledger, "Ann", at(2)));
    CHECK(approve(test.workspace, plan, *test.ledger, "Bob", at(3)));
    auto state = approval_of(test.workspace, plan, *test.ledger);
    CHECK(state.kind == Kind::kGiven);
    REQUIRE(state.approvals.size() == 2);
    CHECK(state.approvals[0].by == "Ann");
    CHECK(state.approvals[0].time == at(1));
    CHECK(refusal(test, plan).empty());
}

TEST_CASE("planned anew without a change: approved as before") {
    ApprovalCase test;
    approve(test.workspace, test.plan({"a@x.example"}), *test.ledger, "Ann", at(1));
    CHECK(refusal(test, test.plan({"a@x.example"})).empty());
}

TEST_CASE("another template, another person: void, and it says which") {
    ApprovalCase test;
    approve(test.workspace, test.plan({"a@x.example"}), *test.ledger, "Ann", at(1));
    PlanInfo plan = test.plan({"b@x.example", "c@x.example"}, "Act!");
    auto state = approval_of(test.workspace, plan, *test.ledger);
    CHECK(state.kind == Kind::kVoid);
    CHECK(state.changes == Lines{"templates/a.txt.mustache has changed", "2 people more, 1 fewer"});
    std::string text = refusal(test, plan);
    CHECK(text.find("by Ann") != std::string::npos);
    CHECK(text.find("2 people more, 1 fewer") != std::string::npos);
}

TEST_CASE("another transport under a frozen plan: void, also when it has begun") {
    ApprovalCase test;
    PlanInfo plan = test.plan({"a@x.example"});
    approve(test.workspace, plan, *test.ledger, "Ann", at(1));
    test.use_transport("/srv/campaigns/elsewhere");
    CHECK(approval_of(test.workspace, plan, *test.ledger).changes ==
          Lines{"`transports.outbox.path` was “state/outbox”, and is “elsewhere”"});
    CHECK_FALSE(refusal(test, plan).empty());
    test.use_transport("/srv/campaigns/state/outbox");
    CHECK(refusal(test, plan).empty());
}

TEST_CASE("people who came by a top-up were not approved") {
    ApprovalCase test;
    approve(test.workspace, test.plan({"a@x.example"}), *test.ledger, "Ann", at(1));
    PlanInfo plan = test.plan({"a@x.example", "b@x.example"}, "Act now", PlanKind::kTopUp);
    CHECK(approval_of(test.workspace, plan, *test.ledger).changes == Lines{"1 person more"});
}

TEST_CASE("a plan that was replaced while somebody looked at it cannot be approved") {
    ApprovalCase test;
    PlanInfo seen = test.plan({"a@x.example"});
    test.plan({"b@x.example"});
    CHECK_THROWS_AS(approve(test.workspace, seen, *test.ledger, "Ann", at(1)), Refused);
    CHECK(test.ledger->approvals(kMailing).empty());
}

TEST_CASE("what is approved is the hash that was shown") {
    ApprovalCase test;
    PlanInfo plan = test.plan({"a@x.example"});
    approve(test.workspace, plan, *test.ledger, "Ann", at(1));
    const std::string shown = hash_of(parts_to_approve(test.workspace, plan));
    CHECK(hash_of(parts_of(test.ledger->approvals(kMailing)[0])) == shown);
    CHECK(shown == hash_of(parts_of(plan)));
}
