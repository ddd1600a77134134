#include "delivery/plan_parts.h"

#include "unit/delivery/approvals_support.h"

using namespace tocsin;
using namespace tocsin::test;
using Lines = std::vector<std::string>;

namespace {

const SipKey kKey{1, 2};

}  // namespace

TEST_CASE("the hash is one over three, and changes with each") {
    const PlanParts parts{"c", "a", "s"};
    CHECK(hash_of(parts).size() == 64);
    CHECK(hash_of(parts) == hash_of({"c", "a", "s"}));
    CHECK(hash_of(parts) != hash_of({"x", "a", "s"}));
    CHECK(hash_of(parts) != hash_of({"c", "x", "s"}));
    CHECK(hash_of(parts) != hash_of({"c", "a", "x"}));
    CHECK(hash_of(parts) != hash_of({"a", "c", "s"}));
}

TEST_CASE("a plan from before audiences were hashed is like itself only") {
    PlanInfo old;
    old.mailing = kMailing;
    old.number = 1;
    PlanInfo other = old;
    other.number = 2;
    CHECK(parts_of(old) == parts_of(old));
    CHECK_FALSE(parts_of(old).audience_hash == parts_of(other).audience_hash);
}

TEST_CASE("what changed between two plans is told: content, people, settings") {
    ApprovalCase test;
    PlanMemory then = memory_of(test.plan({"a@x.example", "b@x.example"}), *test.ledger, kKey);
    CHECK(changes(then, then).empty());
    test.use_transport("/srv/campaigns/elsewhere");
    PlanMemory now = memory_of(test.plan({"b@x.example", "c@x.example", "d@x.example"}, "Act!"),
                               *test.ledger, kKey);
    CHECK(changes(then, now) ==
          Lines{"templates/a.txt.mustache has changed", "2 people more, 1 fewer",
                "`transports.outbox.path` was “state/outbox”, and is “elsewhere”"});
}

TEST_CASE("the same people with other data are a change") {
    ApprovalCase test;
    PlanMemory then = memory_of(test.plan({"a@x.example"}), *test.ledger, kKey);
    PlanMemory now = then;
    now.parts.audience_hash = "other";
    CHECK(changes(then, now) == Lines{"the data of people, or why some are skipped, has changed"});
}

TEST_CASE("of very many lines the first are shown") {
    CHECK(bullets({"a", "b\n"}) == "  - a\n  - b?\n");
    std::string text = bullets(Lines(23, "x"));
    CHECK(text.ends_with("  - x\n  - and 3 more\n"));
}
