#include "agenda/memory.h"

#include <doctest/doctest.h>

#include "delivery/adopt_ledger.h"
#include "ledger/memory.h"
#include "unit/agenda/times.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

struct Case {
    std::unique_ptr<Ledger> ledger = make_memory_ledger();
    AgendaMemory memory{*ledger};
};

const MailingKey kMonday{"weekly", "2026-12-07T09:00"};
const MailingKey kTuesday{"weekly", "2026-12-08T09:00"};

}  // namespace

TEST_CASE("when `due` ran is known by folder") {
    Case test;
    CHECK_FALSE(test.memory.last_run("campaigns"));
    test.memory.ran("campaigns", utc("2026-12-01T09:00:00Z"));
    CHECK(test.memory.last_run("campaigns") == utc("2026-12-01T09:00:00Z"));
    CHECK_FALSE(test.memory.last_run("elsewhere"));
}

TEST_CASE("each occurrence is looked after by itself, and forgotten when it is over") {
    Case test;
    test.memory.see(kMonday, utc("2026-12-07T09:00:00Z"));
    CHECK(test.memory.seen(kMonday) == utc("2026-12-07T09:00:00Z"));
    CHECK_FALSE(test.memory.seen(kTuesday));
    test.memory.forget(kMonday);
    CHECK_FALSE(test.memory.seen(kMonday));
}

TEST_CASE("a plan is `due`'s own as long as it is this very plan") {
    Case test;
    PlanInfo plan;
    plan.mailing = kMonday;
    plan.number = 7;
    CHECK_FALSE(test.memory.is_own(plan));
    test.memory.own(plan);
    CHECK(test.memory.is_own(plan));
    plan.number = 8;
    CHECK_FALSE(test.memory.is_own(plan));
}

TEST_CASE("a schedule that was changed begins anew") {
    Case test;
    test.memory.settle("weekly", every("0 9 * * mon"), utc("2026-12-07T09:00:00Z"));
    CHECK(test.memory.settled("weekly", every("0 9 * * mon")) == utc("2026-12-07T09:00:00Z"));
    CHECK_FALSE(test.memory.settled("weekly", every("0 8 * * mon")));
    CHECK_FALSE(test.memory.settled("other", every("0 9 * * mon")));
}

TEST_CASE("news is what was not said last") {
    Case test;
    CHECK_FALSE(test.memory.is_news("file:a", ""));
    CHECK(test.memory.is_news("file:a", "bad"));
    CHECK_FALSE(test.memory.is_news("file:a", "bad"));
    CHECK(test.memory.is_news("file:a", "worse"));
    CHECK(test.memory.is_news("file:b", "bad"));
    CHECK_FALSE(test.memory.is_news("file:a", ""));
    CHECK(test.memory.is_news("file:a", "worse"));
}

TEST_CASE("when a ledger was adopted that may lack something") {
    Case test;
    CHECK_FALSE(test.memory.adopted());
    test.ledger->set_note(kAdoptedNote, "2026-12-01T10:00:00Z");
    CHECK(test.memory.adopted() == utc("2026-12-01T10:00:00Z"));
}
