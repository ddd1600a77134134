#include "ledger/sqlite/key_set.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("ten thousand keys are found, others are not") {
    sqlite::KeySet set;
    auto is_row = [](RowId wanted) { return [wanted](RowId id) { return id == wanted; }; };
    for (RowId id = 1; id <= 10'000; ++id) set.add(std::to_string(id), id);
    CHECK(set.size() == 10'000);
    std::size_t missed = 0, invented = 0;
    for (RowId id = 1; id <= 10'000; ++id) {
        missed += set.contains(std::to_string(id), is_row(id)) ? 0u : 1u;
        auto never = [](RowId) { return true; };
        invented += set.contains("x" + std::to_string(id), never) ? 1u : 0u;
    }
    CHECK(missed == 0);
    CHECK(invented == 0);
}

TEST_CASE("a key with the hash of another is told apart by its row") {
    sqlite::KeySet set;
    set.add("a", 1);
    CHECK_FALSE(set.contains("a", [](RowId) { return false; }));
    set.add("a", 2);
    CHECK(set.contains("a", [](RowId id) { return id == 2; }));
}
