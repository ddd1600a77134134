// kill -9 at every named step, and what delivery.md promises after it.
#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fstream>

#include "base/clock.h"
#include "base/failpoint.h"
#include "ledger/flight_recorder.h"
#include "unit/ledger/child.h"
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

using States = std::map<std::string, State>;

struct Crash {
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "tocsin.db";

    Crash() { open_sqlite_ledger(file, OpenMode::kCreate); }

    std::unique_ptr<Ledger> open() const { return open_sqlite_ledger(file, OpenMode::kExisting); }

    void plan() const { plan_people(*open(), {"a@x.example", "b@x.example", "c@x.example"}); }

    int plan_until(const std::string& failpoint) const {
        return in_child([&] {
            die_at(failpoint);
            plan();
            return 0;
        });
    }

    // Sends two of three as far as the failpoint.
    int send_until(const std::string& failpoint, bool answer_first = false) const {
        return in_child([&] {
            auto ledger = open();
            die_at(failpoint);
            auto session = ledger->begin_send(kMailing, "child", at(1));
            auto rows = ids_of(session->claim(2, at(1)));
            session->begin_sending(rows, at(2));
            for (RowId id : rows) session->departing(id);
            tocsin::failpoint("departed");
            std::vector outcomes{outcome(rows[0], State::kAccepted),
                                 outcome(rows[1], State::kAccepted)};
            if (answer_first) {
                for (const RowOutcome& one : outcomes) session->answered(one);
            }
            session->record(outcomes);
            return 0;
        });
    }

    std::filesystem::path flight() const {
        return std::filesystem::path(file.string() + ".locks") / "alert.flight";
    }

    // As if the flight record came from another boot of the machine.
    void forget_boot() const {
        std::fstream record(flight(), std::ios::in | std::ios::out | std::ios::binary);
        std::string bytes(4096, '\0');
        record.read(bytes.data(), 4096);
        auto at = bytes.find(boot_id());
        REQUIRE(at != std::string::npos);
        record.seekp(static_cast<std::streamoff>(at));
        record << "another";
    }

    std::int64_t number(const char* sql) const {
        SQLite::Database database(file.string());
        return database.execAndGet(sql).getInt64();
    }
};

const States kAllPlanned{{"a@x.example", State::kPlanned},
                         {"b@x.example", State::kPlanned},
                         {"c@x.example", State::kPlanned}};

States first_two(State state) {
    States states = kAllPlanned;
    states["a@x.example"] = states["b@x.example"] = state;
    return states;
}

void check_after(const char* failpoint, const States& expected, std::size_t in_doubt,
                 bool answer_first = false) {
    CAPTURE(failpoint);
    Crash crash;
    crash.plan();
    REQUIRE(crash.send_until(failpoint, answer_first) == -SIGKILL);
    auto ledger = crash.open();
    CHECK(ledger->begin_send(kMailing, "parent", at(9))->recovery().in_doubt == in_doubt);
    CHECK(states(*ledger) == expected);
    CHECK(checked_counts(*ledger).total == 3);
    CHECK(crash.number("SELECT count(*) FROM recipient WHERE claim IS NOT NULL") == 0);
}

}  // namespace

TEST_CASE("killed while the plan is written: there is none, and its rows go with the next") {
    for (const char* failpoint : {"w0-rows", "w0-before-ready"}) {
        CAPTURE(failpoint);
        Crash crash;
        REQUIRE(crash.plan_until(failpoint) == -SIGKILL);
        auto ledger = crash.open();
        CHECK_FALSE(ledger->plan(kMailing));
        CHECK(crash.number("SELECT count(*) FROM recipient") == 3);
        plan_people(*ledger, {"d@x.example"});
        CHECK(crash.number("SELECT count(*) FROM recipient") == 1);
        CHECK(crash.number("SELECT count(*) FROM cells") == 1);
        CHECK(crash.number("SELECT count(*) FROM plan") == 1);
    }
}

TEST_CASE("killed after the plan is ready: the whole plan is there") {
    Crash crash;
    REQUIRE(crash.plan_until("w0-after-ready") == -SIGKILL);
    auto ledger = crash.open();
    CHECK(states(*ledger) == kAllPlanned);
    CHECK(checked_counts(*ledger).total == 3);
}

TEST_CASE("killed while a plan is replaced: the old or the new one, and no rest in the end") {
    for (bool ready : {false, true}) {
        Crash crash;
        plan_people(*crash.open(), {"old@x.example"});
        REQUIRE(crash.plan_until(ready ? "w0-after-ready" : "w0-before-ready") == -SIGKILL);
        auto ledger = crash.open();
        CHECK(states(*ledger) ==
              (ready ? kAllPlanned : States{{"old@x.example", State::kPlanned}}));
        crash.plan();
        CHECK(states(*ledger) == kAllPlanned);
        CHECK(crash.number("SELECT count(*) FROM recipient") == 3);
    }
}

TEST_CASE("killed while topping up: the old plan, and no rest in the end") {
    Crash crash;
    crash.plan();
    auto top_up = [&] {
        write_plan(*crash.open(), header(), {person("d@x.example")}, PlanKind::kTopUp);
        return 0;
    };
    REQUIRE(in_child([&] {
                die_at("w0-before-ready");
                return top_up();
            }) == -SIGKILL);
    CHECK(states(*crash.open()) == kAllPlanned);
    top_up();
    CHECK(checked_counts(*crash.open()).total == 4);
    CHECK(crash.number("SELECT count(*) FROM recipient") == 4);
}

TEST_CASE("killed before the intent is durable: sent on resume") {
    for (const char* failpoint : {"recover-before-commit", "recover-after-commit",
                                  "w1-before-commit", "w1-after-claim", "w2-before-commit"}) {
        check_after(failpoint, kAllPlanned, 0);
    }
}

TEST_CASE("killed between intent and the end of data: sent on resume") {
    check_after("w2-after-commit", kAllPlanned, 0);
}

TEST_CASE("killed between the end of data and its answer: in doubt, and none else") {
    check_after("departed", first_two(State::kInDoubt), 2);
    check_after("w3-before-commit", first_two(State::kInDoubt), 2);
}

TEST_CASE("killed between the answer and its record: the next send records it") {
    check_after("w3-before-commit", first_two(State::kAccepted), 0, true);
}

TEST_CASE(
    "after a power loss all that was being sent is in doubt, but for answers that were kept") {
    for (bool kept : {false, true}) {
        CAPTURE(kept);
        Crash crash;
        crash.plan();
        {
            auto ledger = crash.open();
            auto session = ledger->begin_send(kMailing, "first", at(1));
            auto rows = ids_of(session->claim(2, at(1)));
            session->begin_sending(rows, at(2));
            session->departing(rows[0]);
            session->answered(outcome(rows[0], State::kAccepted));
            if (kept) session->keep_answers();
        }
        crash.forget_boot();
        auto ledger = crash.open();
        auto session = ledger->begin_send(kMailing, "parent", at(9));
        CHECK(session->recovery().in_doubt == (kept ? 1 : 2));
        States expected = first_two(State::kInDoubt);
        if (kept) expected["a@x.example"] = State::kAccepted;
        CHECK(states(*ledger) == expected);
    }
}

TEST_CASE("a flight record that is cut short or of another send tells nothing") {
    for (const char* what : {"empty", "other epoch", "gone"}) {
        CAPTURE(what);
        Crash crash;
        crash.plan();
        REQUIRE(crash.send_until("w2-after-commit") == -SIGKILL);
        if (what == std::string("empty")) std::filesystem::resize_file(crash.flight(), 0);
        if (what == std::string("gone")) std::filesystem::remove(crash.flight());
        if (what == std::string("other epoch")) FlightRecorder(crash.flight(), boot_id(), 77);
        auto ledger = crash.open();
        CHECK(ledger->begin_send(kMailing, "parent", at(9))->recovery().in_doubt == 2);
        CHECK(states(*ledger) == first_two(State::kInDoubt));
    }
}

TEST_CASE("killed after the record: nothing lost") {
    check_after("w3-after-commit", first_two(State::kAccepted), 0);
}

TEST_CASE("killed during recovery: recovered by the next") {
    Crash crash;
    crash.plan();
    REQUIRE(crash.send_until("departed") == -SIGKILL);
    REQUIRE(crash.send_until("recover-before-commit") == -SIGKILL);
    REQUIRE(crash.send_until("recover-after-commit") == -SIGKILL);
    auto ledger = crash.open();
    CHECK(ledger->begin_send(kMailing, "parent", at(9))->recovery().in_doubt == 0);
    CHECK(states(*ledger) == first_two(State::kInDoubt));
    CHECK(ledger->explain(kMailing, "a@x.example")->attempts.size() == 1);
}

TEST_CASE("a second process is told who sends, and gets the right when that one dies") {
    Crash crash;
    crash.plan();
    auto session = crash.open()->begin_send(kMailing, "pid 5 on host", at(1));
    CHECK(in_child([&] {
              try {
                  crash.open()->begin_send(kMailing, "child", at(1));
              } catch (const Busy& busy) {
                  bool named = std::string(busy.what()).find("pid 5 on host since 2027-01-15T") !=
                               std::string::npos;
                  return named ? 1 : 2;
              }
              return 0;
          }) == 1);
    session.reset();
    CHECK(crash.send_until("w2-after-commit") == -SIGKILL);
    CHECK_NOTHROW(crash.open()->begin_send(kMailing, "parent", at(2)));
}

TEST_CASE("a sender whose lock file was removed can write nothing any more") {
    Crash crash;
    crash.plan();
    auto stale = crash.open()->begin_send(kMailing, "first", at(1));
    auto rows = ids_of(stale->claim(1, at(1)));
    std::filesystem::remove_all(crash.file.string() + ".locks");
    auto ledger = crash.open();
    auto session = ledger->begin_send(kMailing, "second", at(2));
    CHECK_THROWS_AS(stale->begin_sending(rows, at(3)), LedgerError);
    CHECK_THROWS_AS(stale->record(std::vector{outcome(rows[0], State::kAccepted)}), LedgerError);
    CHECK_THROWS_AS(stale->give_back(rows), LedgerError);
    CHECK(ids_of(session->claim(1, at(3))) == rows);
    CHECK(states(*ledger) == kAllPlanned);
}
