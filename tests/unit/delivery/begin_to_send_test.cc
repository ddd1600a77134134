#include "delivery/begin_to_send.h"

#include "base/error.h"
#include "delivery/approval.h"
#include "unit/delivery/approvals_support.h"

using namespace tocsin;
using namespace tocsin::test;

TEST_CASE("unapproved: no session, and nobody holds the mailing afterwards") {
    ApprovalCase test;
    PlanInfo plan = test.plan({"a@x.example"});
    CHECK_THROWS_AS(begin_to_send(test.workspace, plan, *test.ledger, "test", at(1)), Refused);
    approve(test.workspace, plan, *test.ledger, "Ann", at(2));
    auto session = begin_to_send(test.workspace, plan, *test.ledger, "test", at(3));
    CHECK(session->claim(5, at(4)).size() == 1);
}

TEST_CASE("planned anew between looking and sending: the new plan is not sent as the old one") {
    ApprovalCase test;
    test.workspace.approval_required = false;
    PlanInfo seen = test.plan({"a@x.example"});
    test.plan({"a@x.example"});
    CHECK_THROWS_AS(begin_to_send(test.workspace, seen, *test.ledger, "test", at(1)), Refused);
    PlanInfo again = *test.ledger->plan(kMailing);
    test.plan({"a@x.example", "b@x.example"}, "Act now", PlanKind::kTopUp);
    CHECK_THROWS_AS(begin_to_send(test.workspace, again, *test.ledger, "test", at(1)), Refused);
}

TEST_CASE("another holds it: Busy, whatever is approved") {
    ApprovalCase test;
    PlanInfo plan = test.plan({"a@x.example"});
    approve(test.workspace, plan, *test.ledger, "Ann", at(1));
    auto session = begin_to_send(test.workspace, plan, *test.ledger, "test", at(2));
    CHECK_THROWS_AS(begin_to_send(test.workspace, plan, *test.ledger, "test", at(3)), Busy);
}
