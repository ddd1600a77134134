#include "web/undo_limit.h"

#include <doctest/doctest.h>

#include "unit/web/testing.h"

using namespace tocsin;
using testing::kNoon;

namespace {

UnsubscribeToken of(const std::string& address) {
    static const KeyRing keys = testing::ring();
    return *decode_token(keys, encode_token(keys, 1, 2, 3, address));
}

}  // namespace

TEST_CASE("twenty undos an hour are a person's, and nobody else's") {
    UndoLimit limit;
    for (int i = 0; i < 20; ++i) CHECK(limit.take(of("ann@one.example"), kNoon));
    CHECK_FALSE(limit.take(of("ann@one.example"), kNoon + std::chrono::minutes(59)));
    CHECK(limit.take(of("bob@one.example"), kNoon));
    CHECK(limit.take(of("ann@one.example"), kNoon + std::chrono::hours(1)));
    CHECK(limit.take(of("ann@one.example"), kNoon - std::chrono::hours(9)));
}

TEST_CASE("however many people there are, who has had enough still has") {
    UndoLimit limit;
    for (int i = 0; i < 20; ++i) limit.take(of("ann@one.example"), kNoon);
    for (int i = 0; i < 3000; ++i) limit.take(of(std::to_string(i) + "@one.example"), kNoon);
    CHECK_FALSE(limit.take(of("ann@one.example"), kNoon));
}
