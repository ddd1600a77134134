#include "delivery/breaker.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

// 'a' is an acceptance, 'r' a rejection.
void tell(CircuitBreaker& breaker, std::string_view answers, int times = 1) {
    for (; times > 0; --times) {
        for (char answer : answers) answer == 'a' ? breaker.accepted() : breaker.rejected();
    }
}

constexpr Breaker kTenPercentOf200{10, 200};

}  // namespace

TEST_CASE("at the share it trips, and says how many") {
    CircuitBreaker breaker(kTenPercentOf200);
    tell(breaker, "aaaaaaaaar", 20);
    CHECK(breaker.tripped());
    CHECK_FALSE(breaker.passed());
    CHECK(breaker.reason() == "breaker: 20 of 200 rejected");
}

TEST_CASE("below the share it lets the run go on") {
    CircuitBreaker breaker(kTenPercentOf200);
    tell(breaker, "aaaaaaaaar", 19);
    tell(breaker, "aaaaaaaaaa");
    CHECK_FALSE(breaker.tripped());
    CHECK(breaker.passed());
    CHECK(breaker.reason().empty());
    tell(breaker, "r");  // 20 of 201
    CHECK_FALSE(breaker.tripped());
}

TEST_CASE("before enough answers came the share says nothing") {
    CircuitBreaker breaker(kTenPercentOf200);
    tell(breaker, "ar", 99);
    CHECK_FALSE(breaker.tripped());
    CHECK_FALSE(breaker.passed());
    tell(breaker, "aa");
    CHECK(breaker.tripped());
    CHECK(breaker.reason() == "breaker: 99 of 200 rejected");
}

TEST_CASE("an acceptance can be the answer that makes the count") {
    CircuitBreaker breaker({50, 2});
    tell(breaker, "ra");
    CHECK(breaker.tripped());
}

TEST_CASE("a run that has passed can still trip") {
    CircuitBreaker breaker(kTenPercentOf200);
    tell(breaker, "a", 200);
    CHECK(breaker.passed());
    tell(breaker, "ar", 24);  // 24 of 248
    CHECK(breaker.passed());
    tell(breaker, "r");  // 25 of 249
    CHECK(breaker.tripped());
    CHECK_FALSE(breaker.passed());
}

TEST_CASE("a relay that refuses everybody is noticed long before the count") {
    CircuitBreaker breaker(kTenPercentOf200);
    tell(breaker, "r", 19);
    CHECK_FALSE(breaker.tripped());
    tell(breaker, "r");
    CHECK(breaker.tripped());
    CHECK(breaker.reason() == "breaker: 20 of 20 rejected");
}

TEST_CASE("one acceptance among the first rejections and they are chance") {
    CircuitBreaker breaker(kTenPercentOf200);
    tell(breaker, "a");
    tell(breaker, "r", 100);
    CHECK_FALSE(breaker.tripped());
}

TEST_CASE("a relay that turns bad after a good day is noticed by its unbroken row") {
    CircuitBreaker breaker(kTenPercentOf200);
    tell(breaker, "a", 100'000);
    tell(breaker, "r", 199);
    tell(breaker, "a");
    tell(breaker, "r", 199);
    CHECK_FALSE(breaker.tripped());
    tell(breaker, "r");
    CHECK(breaker.tripped());
    CHECK(breaker.reason() == "breaker: 399 of 100,400 rejected");
}

TEST_CASE("what comes after it has tripped changes nothing") {
    CircuitBreaker breaker({50, 4});
    tell(breaker, "arar");
    REQUIRE(breaker.tripped());
    tell(breaker, "a", 1000);
    CHECK(breaker.tripped());
    CHECK(breaker.reason() == "breaker: 2 of 4 rejected");
}

TEST_CASE("no rejection never trips, whatever the limits") {
    CircuitBreaker none({0, 1});
    tell(none, "a", 100);
    CHECK_FALSE(none.tripped());
    CircuitBreaker all({100, 1});
    tell(all, "a", 100);
    tell(all, "r");
    CHECK(all.tripped());  // `after` in a row, where `after` is 1
}
