#include "ledger/sqlite/key_set.h"

#include <doctest/doctest.h>

#include "ledger/sqlite/schema.h"

using namespace tocsin;

TEST_CASE("ten thousand keys are found, others are not") {
    constexpr std::int64_t kPlan = 65'535;
    sqlite::KeySet set(kPlan);
    auto never = [](RowId) { return false; };
    for (std::int64_t i = 1; i <= 10'000; ++i) {
        REQUIRE(set.add(std::to_string(i), sqlite::row_id(kPlan, i), never));
    }
    CHECK(set.size() == 10'000);
    std::size_t missed = 0;
    for (std::int64_t i = 1; i <= 10'000; ++i) {
        auto is_row = [&](RowId id) { return id == sqlite::row_id(kPlan, i); };
        missed += set.add(std::to_string(i), sqlite::row_id(kPlan, 20'000), is_row) ? 1u : 0u;
    }
    CHECK(missed == 0);
    CHECK(set.size() == 10'000);
}

TEST_CASE("a key with the hash of another is told apart by its row") {
    sqlite::KeySet set;
    CHECK(set.add("a", 1, [](RowId) { return false; }));
    CHECK(set.add("a", 2, [](RowId id) { return id != 1; }));
    CHECK_FALSE(set.add("a", 3, [](RowId id) { return id == 2; }));
}
