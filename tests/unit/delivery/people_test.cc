#include "delivery/people.h"

#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const SipKey kKey{1, 2};

People plan_of(const std::vector<std::string>& keys, const std::vector<std::string>& skipped = {}) {
    auto ledger = make_memory_ledger();
    std::vector<PlanRow> rows;
    for (const auto& key : keys) rows.push_back(person(key));
    for (const auto& key : skipped) rows.push_back({key, key, {}, SkipReason::kExcluded, ""});
    write_plan(*ledger, header(), rows);
    return People::of_plan(*ledger, kMailing, kKey);
}

}  // namespace

TEST_CASE("who came and who went, whatever the order; who is skipped is nobody") {
    People then = plan_of({"a@x.example", "b@x.example"}, {"s@x.example"});
    People now = plan_of({"d@x.example", "c@x.example", "b@x.example"}, {"a@x.example"});
    CHECK(then.size() == 2);
    CHECK(then.until(now).came == 2);
    CHECK(then.until(now).went == 1);
    CHECK(shown(then.until(now)) == "2 people more, 1 fewer");
    CHECK(shown(now.until(then)) == "1 person more, 2 fewer");
    CHECK(shown(then.until(plan_of({}))) == "2 people fewer");
    CHECK(shown(plan_of({}).until(plan_of({"a@x.example"}))) == "1 person more");
    CHECK(shown(then.until(then)).empty());
}

TEST_CASE("packed people are the same people, and others are refused") {
    People then = plan_of({"a@x.example", "b@x.example"});
    People back = People::unpack(then.pack());
    CHECK(back.size() == 2);
    CHECK(back.key().k0 == kKey.k0);
    CHECK(shown(back.until(then)).empty());
    CHECK(People::unpack("").size() == 0);
    CHECK(People::unpack(plan_of({}).pack()).size() == 0);
    CHECK_THROWS_AS(People::unpack("short"), LedgerError);
    CHECK_THROWS_AS(People::unpack(then.pack() + "x"), LedgerError);
}

TEST_CASE("an address is not in what is kept of it") {
    CHECK(plan_of({"a@x.example"}).pack().find("a@x") == std::string::npos);
}
