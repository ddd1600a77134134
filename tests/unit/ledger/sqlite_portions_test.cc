// Long writes in portions: whoever waits for the write lock gets it in between, and what a crash
// leaves is completed by the next call.
#include <SQLiteCpp/Database.h>

#include "base/failpoint.h"
#include "unit/ledger/child.h"
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

// Far more than any machine writes in one portion.
constexpr int kMany = 20'000;

std::vector<Suppression> many(const std::string& reason, const std::string& source) {
    std::vector<Suppression> entries;
    for (int i = 0; i < kMany; ++i)
        entries.push_back(
            {"p" + std::to_string(i) + "@x.example", kEverything, reason, source, at(5), "alert"});
    return entries;
}

std::size_t listed(Ledger& ledger) {
    std::size_t count = 0;
    ledger.for_each_suppression({}, [&](const Suppression&) { ++count; });
    return count;
}

// What an impatient other writer gets while `work` is between two portions: how often it came to
// that, and nothing but the lock, at once.
struct Other {
    static inline SQLite::Database* database = nullptr;
    static inline int gaps = 0;

    static int gaps_while(SqliteForm& form, const std::function<void(Ledger&)>& work) {
        SQLite::Database other((form.folder.path() / "state/tocsin.db").string(),
                               SQLite::OPEN_READWRITE);
        database = &other;
        gaps = 0;
        install_failpoint_hook([](const char* name) {
            if (std::string(name) != "portion-written") return;
            database->exec("BEGIN IMMEDIATE; ROLLBACK");
            ++gaps;
        });
        work(*form.ledger);
        install_failpoint_hook(nullptr);
        return gaps;
    }
};

// A run whose every mail was refused: so many provisional entries.
std::unique_ptr<SendSession> refuse_all(Ledger& ledger, int people) {
    std::vector<PlanRow> rows;
    for (int i = 0; i < people; ++i) rows.push_back(person("p" + std::to_string(i) + "@x.example"));
    write_plan(ledger, header(kMailing), rows);
    auto session = ledger.begin_send(kMailing, "test", at(1));
    for (;;) {
        std::vector<RowOutcome> outcomes;
        for (const ClaimedRow& row : session->claim(1'000, at(2)))
            outcomes.push_back(soft_bounced(with_suppression(outcome(row.id, State::kRejected))));
        if (outcomes.empty()) return session;
        session->record(outcomes);
    }
}

}  // namespace

TEST_CASE("an import of many lets others write in between") {
    SqliteForm form;
    auto entries = many("import", "file old.csv");
    CHECK(Other::gaps_while(form, [&](Ledger& ledger) {
              CHECK(ledger.suppress(entries) == kMany);
              CHECK(ledger.suppress(entries) == 0);
          }) >= 2);
    CHECK(listed(*form.ledger) == kMany);
}

TEST_CASE("an import that is killed leaves its first part, and once more completes it") {
    TemporaryFolder folder;
    auto file = folder.path() / "tocsin.db";
    open_sqlite_ledger(file, OpenMode::kCreate);
    auto entries = many("import", "file old.csv");
    int end = in_child([&] {
        auto ledger = open_sqlite_ledger(file, OpenMode::kExisting);
        die_at("portion-written");
        ledger->suppress(entries);
        return 0;
    });
    REQUIRE(end == -SIGKILL);
    auto ledger = open_sqlite_ledger(file, OpenMode::kExisting);
    std::size_t part = listed(*ledger);
    CHECK(part > 0);
    REQUIRE(part < kMany);
    CHECK(ledger->is_suppressed("p0@x.example", ""));
    CHECK(ledger->suppress(entries) == kMany - part);
    CHECK(listed(*ledger) == kMany);
}

TEST_CASE("a run's provisional entries and soft bounces are forgotten in portions") {
    SqliteForm form;
    auto session = refuse_all(*form.ledger, 5'000);
    CHECK(Other::gaps_while(form, [&](Ledger&) {
              CHECK(session->settle_suppressions(false, at(20)) == 5'000);
          }) >= 1);
    CHECK(session->settle_suppressions(true, at(21)) == 0);
    CHECK(listed(*form.ledger) == 0);
}

TEST_CASE("what replies gave is kept, and taken back, in portions") {
    SqliteForm form;
    auto session = refuse_all(*form.ledger, 5'000);
    CHECK(Other::gaps_while(form, [&](Ledger&) {
              CHECK(session->settle_suppressions(true, at(20)) == 5'000);
          }) >= 1);
    CHECK(listed(*form.ledger) == 5'000);
    CHECK(Other::gaps_while(form, [&](Ledger& ledger) {
              CHECK(ledger.undo_suppressions({"alert", {}, {}}, "command line", at(30)) == 5'000);
          }) >= 1);
    CHECK(listed(*form.ledger) == 0);
}
