// A ledger of an earlier version: made one of this version, whole or not at all.
#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fstream>

#include "base/file.h"
#include "ledger/sqlite/mailing_lock.h"
#include "unit/ledger/child.h"
#include "unit/ledger/contract.h"

namespace fs = std::filesystem;
using namespace tocsin;
using namespace tocsin::test;

namespace {

struct OldLedger {
    TemporaryFolder folder;
    fs::path file = folder.path() / "tocsin.db";

    explicit OldLedger(const std::string& version = "1") {
        SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
            .exec(read_file(fs::path(TOCSIN_SOURCE_DIR) /
                            ("tests/unit/ledger/version_" + version + ".sql")));
    }

    std::unique_ptr<Ledger> open() const { return open_sqlite_ledger(file, OpenMode::kExisting); }
    std::string version() const {
        return SQLite::Database(file.string())
            .execAndGet("SELECT value FROM meta WHERE key = 'schema_version'")
            .getString();
    }
};

std::vector<std::string> schema_of(const fs::path& file) {
    std::vector<std::string> columns;
    SQLite::Database database(file.string());
    SQLite::Statement indices(database,
                              "SELECT sql FROM sqlite_master WHERE type = 'index' ORDER BY name");
    while (indices.executeStep()) columns.push_back(indices.getColumn(0).getString());
    SQLite::Statement rows(
        database,
        "SELECT m.name, c.name, c.type, c.\"notnull\", c.pk FROM sqlite_master m, "
        "pragma_table_info(m.name) c WHERE m.name NOT LIKE 'sqlite_%' ORDER BY m.name, c.cid");
    while (rows.executeStep()) {
        std::string column;
        for (int i = 0; i < 5; ++i) column += rows.getColumn(i).getString() + " ";
        columns.push_back(column);
    }
    return columns;
}

}  // namespace

TEST_CASE("a ledger of version 1 is upgraded when it is opened, and its send goes on") {
    OldLedger old;
    auto ledger = old.open();
    CHECK(old.version() == "5");
    CHECK(ledger->id() == "00112233445566778899aabbccddeeff");
    CHECK(checked_counts(*ledger).total == 4);
    auto history = ledger->suppression_history("s@x.example");
    REQUIRE(history.size() == 3);
    CHECK(history[1].change == SuppressionChange::kAdded);
    CHECK(history[1].run == 0);
    CHECK(history[2].change == SuppressionChange::kLifted);
    CHECK(ledger->is_suppressed("s@x.example", ""));

    auto session = ledger->begin_send(kMailing, "test", at(10));
    CHECK(session->recovery().in_doubt == 1);
    auto rows = session->claim(5, at(200));
    CHECK(keys_of(rows) == std::vector<std::string>{"b@x.example", "d@x.example"});
    session->begin_sending(ids_of(rows), at(200));
    RowOutcome decided = outcome(rows[0].id, State::kRejected, 200);
    decided.decision = "no such mailbox";
    session->record(std::vector{with_suppression(decided)});
    CHECK(session->settle_suppressions(true, at(210)) == 1);
    CHECK(ledger->is_suppressed("b@x.example", ""));
    auto report = ledger->explain(kMailing, "b@x.example");
    REQUIRE(report->attempts.size() == 2);
    CHECK(report->attempts[0].decision.empty());
    CHECK(report->attempts[1].decision == "no such mailbox");
}

TEST_CASE("a ledger of version 2 is upgraded: what it knew of addresses holds, feedback comes in") {
    OldLedger old("2");
    auto ledger = old.open();
    CHECK(old.version() == "5");
    CHECK(ledger->is_suppressed("s@x.example", "", at(1'000'000)));
    auto history = ledger->suppression_history("b@x.example");
    REQUIRE(history.size() == 1);
    CHECK(history[0].run == 1);
    CHECK_FALSE(history[0].entry.until);

    auto session = ledger->begin_send(kMailing, "test", at(10));
    CHECK(session->settle_suppressions(true, at(20)) == 1);
    CHECK(ledger->is_suppressed("b@x.example", ""));
    FeedbackNote note;
    note.feedback.id = "one";
    note.feedback.row = (1 << 24) + 1;
    note.feedback.kind = FeedbackKind::kComplaint;
    CHECK(ledger->note_feedback(std::vector{note}) == 1);
    CHECK(ledger->explain(kMailing, "a@x.example")->feedback.size() == 1);
}

TEST_CASE("a ledger of version 3 is upgraded: its plan can be approved, feedback stays") {
    OldLedger old("3");
    auto ledger = old.open();
    CHECK(old.version() == "5");
    CHECK(ledger->explain(kMailing, "a@x.example")->feedback.size() == 1);
    auto plan = ledger->plan(kMailing);
    REQUIRE(plan);
    CHECK(plan->settings.empty());
    CHECK(plan->audience_hash.empty());
    CHECK(ledger->approvals(kMailing).empty());
    CHECK(ledger->approve(kMailing, {"c", "a", "s", "facts", "Ann", at(1)}, "people"));
    CHECK(old.open()->approvals(kMailing).size() == 1);
}

TEST_CASE("a ledger of version 4 is upgraded: its send goes on, and new people have zones") {
    OldLedger old("4");
    auto ledger = old.open();
    CHECK(old.version() == "5");
    CHECK(ledger->approved_people(kMailing) == "people");
    CHECK(ledger->zones(kMailing).empty());
    CHECK(ledger->unfinished("alert") == std::vector{kMailing});
    CHECK(ledger->next_due(kMailing) == WallTime{});
    CHECK(ledger->set_note("machine", "one"));
    auto session = ledger->begin_send(kMailing, "test", at(10));
    CHECK(session->postpone("", at(100)) == 0);
    session.reset();

    PlanRow joined = person("z@x.example");
    joined.zone = "Lima";
    write_plan(*ledger, header(), {joined}, PlanKind::kTopUp);
    CHECK(ledger->zones(kMailing) == std::vector<ZoneRows>{{"", 2, {}}, {"Lima", 1, {}}});
    session = ledger->begin_send(kMailing, "test", at(20));
    CHECK(session->postpone("Lima", at(300)) == 1);
    CHECK(keys_of(session->claim(5, at(200))) ==
          std::vector<std::string>{"b@x.example", "d@x.example"});
    CHECK(keys_of(session->claim(5, at(300))) == std::vector<std::string>{"z@x.example"});
}

TEST_CASE("an upgraded ledger has the tables of a new one") {
    for (const char* version : {"1", "2", "3", "4"}) {
        OldLedger old(version);
        old.open();
        open_sqlite_ledger(old.folder.path() / "new.db", OpenMode::kCreate);
        CHECK(schema_of(old.file) == schema_of(old.folder.path() / "new.db"));
    }
}

TEST_CASE("killed while upgrading: the ledger is what it was") {
    OldLedger old;
    CHECK(in_child([&] {
              die_at("upgrade-before-commit");
              old.open();
              return 0;
          }) == -SIGKILL);
    CHECK(old.version() == "1");
    CHECK(checked_counts(*old.open()).total == 4);
    CHECK(old.version() == "5");
}

TEST_CASE("a ledger that a program of its own version sends from is not upgraded under it") {
    OldLedger old;
    {
        auto held = sqlite::lock_mailing(old.file, kMailing, "pid 7", at(1));
        CHECK_THROWS_WITH_AS(old.open(), doctest::Contains("in use by pid 7"), Busy);
    }
    CHECK(old.version() == "1");
    old.open();
    CHECK(old.version() == "5");
}
