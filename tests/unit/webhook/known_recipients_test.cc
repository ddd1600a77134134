#include "webhook/known_recipients.h"

#include "unit/inbound/planned_people.h"

using namespace tocsin;
using namespace tocsin::test;

TEST_CASE("who was ever to be mailed, and nobody else") {
    auto ledger = planned_ledger();
    plan(*ledger, {"third", ""}, {"cy@three.example"});
    CHECK(known_recipients(*ledger, {"ann@one.example", "cy@three.example", "dee@four.example"}) ==
          std::set<std::string>{"ann@one.example", "cy@three.example"});
    CHECK(known_recipients(*ledger, {}).empty());
    CHECK(known_recipients(*make_memory_ledger(), {"ann@one.example"}).empty());
}
