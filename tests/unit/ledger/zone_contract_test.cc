// People of many zones: who waits for which time, and that nobody of them is forgotten.
#include <algorithm>

#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

PlanRow person_in(const std::string& zone, const std::string& key) {
    PlanRow row = person(key);
    row.zone = zone;
    return row;
}

// Two in Athens, two in Lima, and one who has no zone.
void plan_zones(Ledger& ledger) {
    write_plan(ledger, header(),
               {person("none@x"), person_in("Athens", "a1@x"), person_in("Lima", "l1@x"),
                person_in("Athens", "a2@x"), person_in("Lima", "l2@x")});
}

std::vector<std::string> claimed(SendSession& session, int seconds, std::size_t most = 10) {
    return keys_of(session.claim(most, at(seconds)));
}

using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE_TEMPLATE("a zone that is postponed waits, and goes when its time has come", Form, FORMS) {
    Form form;
    plan_zones(*form.ledger);
    auto session = form.ledger->begin_send(kMailing, "test", at(0));
    CHECK(session->postpone("Lima", at(100)) == 2);
    CHECK(session->next_due() == at(100));
    CHECK(claimed(*session, 10) == Keys{"none@x", "a1@x", "a2@x"});
    CHECK(claimed(*session, 99).empty());
    CHECK(claimed(*session, 100) == Keys{"l1@x", "l2@x"});
    CHECK_FALSE(session->next_due());
}

TEST_CASE_TEMPLATE("a zone opens in its session: its people come before later ones of the plan",
                   Form, FORMS) {
    Form form;
    plan_zones(*form.ledger);
    auto session = form.ledger->begin_send(kMailing, "test", at(0));
    session->postpone("Athens", at(50));
    session->postpone("Lima", at(60));
    session->postpone("", at(70));
    CHECK(claimed(*session, 40).empty());
    CHECK(claimed(*session, 50, 1) == Keys{"a1@x"});
    CHECK(claimed(*session, 70) == Keys{"none@x", "l1@x", "a2@x", "l2@x"});
}

TEST_CASE_TEMPLATE("what is postponed holds for the next session, and is not shortened", Form,
                   FORMS) {
    Form form;
    plan_zones(*form.ledger);
    form.ledger->begin_send(kMailing, "test", at(0))->postpone("Lima", at(100));
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    CHECK(session->postpone("Lima", at(50)) == 0);
    CHECK(session->postpone("Lima", at(100)) == 0);
    CHECK(claimed(*session, 60) == Keys{"none@x", "a1@x", "a2@x"});
    session.reset();
    session = form.ledger->begin_send(kMailing, "test", at(61));
    CHECK(session->postpone("Lima", at(200)) == 2);
    CHECK(claimed(*session, 150) == Keys{"none@x", "a1@x", "a2@x"});
}

TEST_CASE_TEMPLATE("postponed after claims that were given back: they wait too", Form, FORMS) {
    Form form;
    plan_zones(*form.ledger);
    auto session = form.ledger->begin_send(kMailing, "test", at(0));
    auto rows = session->claim(10, at(1));
    CHECK_THROWS_AS(session->postpone("Lima", at(100)), std::invalid_argument);
    session->give_back(ids_of(rows));
    CHECK(session->postpone("Lima", at(100)) == 2);
    CHECK(claimed(*session, 2) == Keys{"none@x", "a1@x", "a2@x"});
}

TEST_CASE_TEMPLATE("a retry waits for its zone, and a zone's retry for its time", Form, FORMS) {
    Form form;
    plan_zones(*form.ledger);
    auto session = form.ledger->begin_send(kMailing, "test", at(0));
    auto rows = session->claim(10, at(1));
    session->begin_sending(ids_of(rows), at(1));
    for (const auto& row : rows) {
        bool soon = row.address == "a1@x" || row.address == "l1@x";
        bool late = row.address == "l2@x";
        auto made = outcome(row.id, soon || late ? State::kDeferred : State::kAccepted, 2);
        if (soon) made.not_before = at(10);
        if (late) made.not_before = at(500);
        session->record(std::vector{made});
    }
    CHECK(session->postpone("Lima", at(100)) == 1);
    CHECK(form.ledger->explain(kMailing, "l1@x")->not_before == at(100));
    CHECK(form.ledger->explain(kMailing, "l2@x")->not_before == at(500));
    CHECK(session->next_due() == at(10));
    CHECK(claimed(*session, 50) == Keys{"a1@x"});
    CHECK(session->next_due() == at(100));
    CHECK(claimed(*session, 100) == Keys{"l1@x"});
    CHECK(session->next_due() == at(500));
    CHECK(claimed(*session, 500) == Keys{"l2@x"});
}

TEST_CASE_TEMPLATE("a mail that is sent again waits for its zone", Form, FORMS) {
    Form form;
    plan_zones(*form.ledger);
    auto session = form.ledger->begin_send(kMailing, "test", at(0));
    auto rows = session->claim(10, at(1));
    for (const auto& row : rows)
        record(*session, row.id, row.address == "l1@x" ? State::kInDoubt : State::kAccepted);
    CHECK(session->postpone("Lima", at(100)) == 0);
    session.reset();
    form.ledger->resolve(kMailing, std::vector{Verdict{rows[2].id, Resolution::kResend, "seen"}},
                         "test", at(3));
    CHECK(form.ledger->next_due(kMailing) == at(100));
    session = form.ledger->begin_send(kMailing, "test", at(4));
    CHECK(claimed(*session, 99).empty());
    CHECK(claimed(*session, 100) == Keys{"l1@x"});
}

TEST_CASE_TEMPLATE("who joins a zone by a top-up waits with it", Form, FORMS) {
    Form form;
    plan_zones(*form.ledger);
    form.ledger->begin_send(kMailing, "test", at(0))->postpone("Lima", at(100));
    write_plan(*form.ledger, header(), {person_in("Lima", "l3@x"), person_in("Rome", "r1@x")},
               PlanKind::kTopUp);
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    CHECK(claimed(*session, 10) == Keys{"none@x", "a1@x", "a2@x", "r1@x"});
    CHECK(claimed(*session, 100) == Keys{"l1@x", "l2@x", "l3@x"});
}

TEST_CASE_TEMPLATE("a plan gets zones by a top-up: who was there before has none", Form, FORMS) {
    Form form;
    plan_people(*form.ledger, {"p1@x", "p2@x"});
    CHECK(form.ledger->zones(kMailing).empty());
    {
        auto session = form.ledger->begin_send(kMailing, "test", at(0));
        CHECK(session->postpone("", at(100)) == 0);
        CHECK(claimed(*session, 10) == Keys{"p1@x", "p2@x"});
    }
    write_plan(*form.ledger, header(), {person("p3@x"), person_in("Rome", "r1@x")},
               PlanKind::kTopUp);
    CHECK(form.ledger->zones(kMailing) == std::vector<ZoneRows>{{"", 3, {}}, {"Rome", 1, {}}});
    auto session = form.ledger->begin_send(kMailing, "test", at(20));
    CHECK(session->postpone("", at(100)) == 3);
    CHECK(claimed(*session, 30) == Keys{"r1@x"});
    CHECK(claimed(*session, 100) == Keys{"p1@x", "p2@x", "p3@x"});
}

TEST_CASE_TEMPLATE("a zone of a plan that is replaced is not postponed any more", Form, FORMS) {
    Form form;
    plan_zones(*form.ledger);
    form.ledger->begin_send(kMailing, "test", at(0))->postpone("Lima", at(100));
    plan_zones(*form.ledger);
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    CHECK(session->claim(10, at(2)).size() == 5);
}

TEST_CASE_TEMPLATE("zones are listed by name, with who still waits in them", Form, FORMS) {
    Form form;
    PlanRow skipped = person_in("Oslo", "o1@x");
    skipped.skip = SkipReason::kExcluded;
    write_plan(*form.ledger, header(),
               {skipped, person_in("Lima", "l1@x"), person_in("Athens", "a1@x"),
                person_in("Athens", "a2@x")});
    auto session = form.ledger->begin_send(kMailing, "test", at(0));
    session->postpone("Oslo", at(100));
    session->postpone("Lima", at(100));
    CHECK(form.ledger->zones(kMailing) ==
          std::vector<ZoneRows>{{"Athens", 2, {}}, {"Lima", 1, at(100)}});
    auto rows = session->claim(10, at(1));
    session->begin_sending(ids_of(rows), at(1));
    record(*session, rows[0].id, State::kAccepted);
    record(*session, rows[1].id, State::kDeferred);
    CHECK(form.ledger->zones(kMailing) ==
          std::vector<ZoneRows>{{"Athens", 1, {}}, {"Lima", 1, at(100)}});
    form.ledger->set_control(kMailing, Control::kCancelled, "", at(2));
    CHECK(form.ledger->zones(kMailing).empty());
    CHECK(form.ledger->zones({"unknown", ""}).empty());
}

TEST_CASE_TEMPLATE("explain tells the zone, and the time of who is postponed", Form, FORMS) {
    Form form;
    plan_zones(*form.ledger);
    auto session = form.ledger->begin_send(kMailing, "test", at(0));
    session->postpone("Lima", at(100));
    auto row = form.ledger->explain(kMailing, "l1@x");
    CHECK(row->zone == "Lima");
    CHECK(row->not_before == at(100));
    CHECK(form.ledger->explain(kMailing, "none@x")->zone.empty());
    CHECK_FALSE(form.ledger->explain(kMailing, "a1@x")->not_before);
    auto planned = form.ledger->rows(kMailing, State::kPlanned, 5);
    REQUIRE(planned.size() == 5);
    CHECK(planned[4].not_before == at(100));
}

TEST_CASE_TEMPLATE("the ledger tells when a mailing is due next", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    CHECK_FALSE(ledger.next_due(kMailing));
    plan_people(ledger, {"p1@x", "p2@x"});
    CHECK(ledger.next_due(kMailing) <= at(0));
    auto session = ledger.begin_send(kMailing, "test", at(0));
    auto rows = session->claim(10, at(1));
    session->begin_sending(ids_of(rows), at(1));
    CHECK(ledger.next_due(kMailing) <= at(0));
    record(*session, rows[0].id, State::kDeferred, 10);
    CHECK(ledger.next_due(kMailing) <= at(0));
    record(*session, rows[1].id, State::kInDoubt);
    CHECK(ledger.next_due(kMailing) == at(110));
    record(*session, session->claim(1, at(110))[0].id, State::kRejected, 110);
    CHECK_FALSE(ledger.next_due(kMailing));
}

TEST_CASE_TEMPLATE("a mailing all of whose zones wait is due when the first opens", Form, FORMS) {
    Form form;
    plan_zones(*form.ledger);
    auto session = form.ledger->begin_send(kMailing, "test", at(0));
    session->postpone("Lima", at(300));
    session->postpone("Athens", at(200));
    CHECK(form.ledger->next_due(kMailing) <= at(0));
    session->postpone("", at(250));
    CHECK(form.ledger->next_due(kMailing) == at(200));
    CHECK(session->next_due() == at(200));
}

TEST_CASE_TEMPLATE("somebody of a zone that waits is skipped when they have left", Form, FORMS) {
    Form form;
    plan_zones(*form.ledger);
    auto session = form.ledger->begin_send(kMailing, "test", at(0));
    session->postpone("Lima", at(100));
    suppress(*form.ledger, "l1@x");
    CHECK(claimed(*session, 100) == Keys{"none@x", "a1@x", "a2@x", "l2@x"});
    CHECK(states(*form.ledger)["l1@x"] == State::kSkipped);
    checked_counts(*form.ledger);
}

TEST_CASE_TEMPLATE("of many zones everybody comes once, in the order of the plan", Form, FORMS) {
    Form form;
    constexpr int kZones = 50;
    std::vector<PlanRow> rows;
    Keys open, closed;
    for (int i = 0; i < 12 * kZones; ++i) {
        rows.push_back(person_in("Z" + std::to_string(i * 7 % kZones), std::to_string(i) + "@x"));
        (i * 7 % kZones % 2 == 0 ? open : closed).push_back(rows.back().key);
    }
    write_plan(*form.ledger, header(), rows);
    auto session = form.ledger->begin_send(kMailing, "test", at(0));
    for (int i = 1; i < kZones; i += 2) session->postpone("Z" + std::to_string(i), at(100));
    auto all = [&](int seconds) {
        Keys keys;
        for (;;) {
            auto some = claimed(*session, seconds, 7);
            if (some.empty()) return keys;
            keys.insert(keys.end(), some.begin(), some.end());
        }
    };
    CHECK(all(10) == open);
    CHECK(all(100) == closed);
}

TEST_CASE_TEMPLATE("the retry that has been due for longest goes first, whatever its zone", Form,
                   FORMS) {
    Form form;
    plan_zones(*form.ledger);
    auto session = form.ledger->begin_send(kMailing, "test", at(0));
    auto rows = session->claim(10, at(1));
    const std::map<std::string, int> due{{"none@x", 40}, {"a1@x", 20}, {"l1@x", 10}, {"a2@x", 30}};
    for (const auto& row : rows) {
        auto made = outcome(row.id, State::kDeferred, 2);
        made.not_before = at(due.contains(row.address) ? due.at(row.address) : 50);
        session->record(std::vector{made});
    }
    CHECK(claimed(*session, 9).empty());
    CHECK(claimed(*session, 45, 2) == Keys{"l1@x", "a1@x"});
    CHECK(claimed(*session, 45) == Keys{"a2@x", "none@x"});
    CHECK(claimed(*session, 50) == Keys{"l2@x"});
}

// Else a run would ask for them again and again that a gate keeps back.
TEST_CASE_TEMPLATE("a zone that was open at the last claim is not one to wait for", Form, FORMS) {
    Form form;
    plan_zones(*form.ledger);
    auto session = form.ledger->begin_send(kMailing, "test", at(0));
    session->postpone("Lima", at(100));
    session->postpone("Athens", at(200));
    CHECK(claimed(*session, 99, 0).empty());
    CHECK(session->next_due() == at(100));
    CHECK(claimed(*session, 100, 0).empty());
    CHECK(session->next_due() == at(200));
    CHECK(claimed(*session, 200, 0).empty());
    CHECK_FALSE(session->next_due());
}

// What was deferred to before the retries that have come already, as when the clock was set back.
TEST_CASE_TEMPLATE("a retry that is due before others that went comes all the same, once", Form,
                   FORMS) {
    Form form;
    plan_zones(*form.ledger);
    auto session = form.ledger->begin_send(kMailing, "test", at(0));
    auto rows = session->claim(10, at(1));
    auto defer = [&](RowId id, int due) {
        auto made = outcome(id, State::kDeferred, 2);
        made.not_before = at(due);
        session->record(std::vector{made});
    };
    for (const auto& row : rows) defer(row.id, 50);
    auto again = session->claim(2, at(60));
    CHECK(keys_of(again) == Keys{"none@x", "a1@x"});
    for (const auto& row : again) defer(row.id, 40);
    auto rest = claimed(*session, 61);
    std::sort(rest.begin(), rest.end());
    CHECK(rest == Keys{"a1@x", "a2@x", "l1@x", "l2@x", "none@x"});
}
