#include "delivery/control.h"

#include "base/error.h"
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const MailingKey kSeries{"weekly", ""};
const MailingKey kFirst{"weekly", "2026-12-07T09:00"};

std::string refusal(Ledger& ledger, const MailingKey& mailing) {
    try {
        demand_open(ledger, mailing);
        return "";
    } catch (const Refused& refused) {
        return std::string(refused.what()) + " | " + refused.hint();
    }
}

}  // namespace

TEST_CASE("control: one occurrence held stops no other") {
    auto ledger = make_memory_ledger();
    ledger->set_control(kFirst, Control::kHeld, "wrong date", at(1));
    CHECK(refusal(*ledger, kFirst) ==
          "weekly@2026-12-07T09:00 is held: wrong date | "
          "`tocsin release weekly@2026-12-07T09:00` lets it go on");
    CHECK(refusal(*ledger, {"weekly", "2026-12-14T09:00"}).empty());
    CHECK(refusal(*ledger, kSeries).empty());
}

TEST_CASE("control: the series held stops each, and it is the series that is to be released") {
    auto ledger = make_memory_ledger();
    ledger->set_control(kSeries, Control::kHeld, "", at(1));
    ledger->set_control(kFirst, Control::kOpen, "", at(2));
    CHECK(refusal(*ledger, kFirst) == "weekly is held | `tocsin release weekly` lets it go on");
    CHECK(control_of(*ledger, kFirst).by == kSeries);
}

TEST_CASE("control: the stricter one holds, whichever of the two it is") {
    auto ledger = make_memory_ledger();
    ledger->set_control(kSeries, Control::kHeld, "", at(1));
    ledger->set_control(kFirst, Control::kCancelled, "", at(2));
    CHECK(control_of(*ledger, kFirst).by == kFirst);
    CHECK_THROWS_AS(refuse_cancelled(*ledger, kFirst), Refused);
    CHECK_NOTHROW(refuse_cancelled(*ledger, {"weekly", "2026-12-14T09:00"}));
}

TEST_CASE("control: a release of the series after that of the occurrence counts as the later one") {
    auto ledger = make_memory_ledger();
    ledger->set_control(kFirst, Control::kOpen, "", at(1));
    ledger->set_control(kSeries, Control::kOpen, "", at(5));
    CHECK(control_of(*ledger, kFirst).state.since == at(5));
    ledger->set_control(kFirst, Control::kOpen, "", at(9));
    CHECK(control_of(*ledger, kFirst).state.since == at(9));
}
