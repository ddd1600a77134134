#include "unsubscribe/ledger_book.h"

#include <doctest/doctest.h>
#include <sqlite3.h>
#include <thread>

#include "base/error.h"
#include "unit/unsubscribe/ledger_support.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

struct Fixture {
    TemporaryFolder folder;
    KeyRing keys = key_ring();
    ManualClock clock{kNoon};
    std::filesystem::path file = folder.path() / "l.db";

    std::vector<std::string> addresses(int count) {
        std::vector<std::string> all;
        for (int i = 0; i < count; ++i) all.push_back("p" + std::to_string(i) + "@one.example");
        return all;
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "many threads leave at once, and all of them have left") {
    auto ledger = open_test_ledger(file, keys);
    auto tokens = plan_tokens(*ledger, keys, addresses(200));
    LedgerBook book(std::move(ledger), keys, clock);
    std::vector<std::thread> threads;
    for (std::size_t t = 0; t < 8; ++t) {
        threads.emplace_back([&, t] {
            for (std::size_t i = t; i < tokens.size(); i += 8) {
                Leaving leaving = leaving_of(keys, tokens[i]);
                book.record(std::span(&leaving, 1));
                if (!book.standing(leaving.decoded).left_list) throw std::logic_error("not left");
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(book.healthy());
    CHECK(entries_of(*open_test_ledger(file, keys)).size() == 200);
}

TEST_CASE_FIXTURE(Fixture, "a pause that is over by the clock is not shown") {
    auto ledger = open_test_ledger(file, keys);
    std::string token = plan_tokens(*ledger, keys, addresses(1)).at(0);
    LedgerBook book(std::move(ledger), keys, clock);
    Leaving leaving = leaving_of(keys, token, Choice::kPause30);
    book.record(std::span(&leaving, 1));
    CHECK(book.standing(leaving.decoded).paused_until);
    clock.advance(std::chrono::days(31));
    CHECK_FALSE(book.standing(leaving.decoded).paused_until);
}

TEST_CASE_FIXTURE(Fixture, "a ledger that cannot be written is an error, not an answer") {
    auto ledger = open_test_ledger(file, keys);
    std::string token = plan_tokens(*ledger, keys, addresses(1)).at(0);
    LedgerBook book(std::move(ledger), keys, clock);
    // Behind its back, so that the next write fails.
    auto change = [&](const char* sql) {
        sqlite3* raw = nullptr;
        REQUIRE(sqlite3_open(file.c_str(), &raw) == SQLITE_OK);
        REQUIRE(sqlite3_exec(raw, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(raw);
    };
    change("ALTER TABLE suppression RENAME TO hidden");
    Leaving leaving = leaving_of(keys, token);
    CHECK_THROWS_AS(book.record(std::span(&leaving, 1)), LedgerError);
    change("ALTER TABLE hidden RENAME TO suppression");
    CHECK_FALSE(book.healthy());
    clock.advance(std::chrono::seconds(30));
    CHECK(book.healthy());
}
