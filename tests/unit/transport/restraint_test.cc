#include "transport/http/restraint.h"

#include <doctest/doctest.h>

using namespace tocsin;
using namespace std::chrono_literals;

namespace {
const HttpLimits kLimits;
}

TEST_CASE(
    "too fast halves the requests side by side, once for those that were under way together") {
    Restraint restraint(10, kLimits);
    restraint.throttled(100ms, 0ms, 200ms);
    CHECK(restraint.allowed() == 5);
    CHECK(restraint.not_before() == 2200ms);
    restraint.throttled(150ms, 0ms, 210ms);
    CHECK(restraint.allowed() == 5);
    restraint.throttled(300ms, 0ms, 400ms);
    restraint.throttled(500ms, 0ms, 600ms);
    restraint.throttled(700ms, 0ms, 800ms);
    CHECK(restraint.allowed() == 1);
}

TEST_CASE("twenty successes give one back, up to what was agreed") {
    Restraint restraint(2, kLimits);
    restraint.throttled(1ms, 0ms, 2ms);
    for (int i = 0; i < 19; ++i) restraint.went_well();
    CHECK(restraint.allowed() == 1);
    restraint.went_well();
    CHECK(restraint.allowed() == 2);
    for (int i = 0; i < 100; ++i) restraint.went_well();
    CHECK(restraint.allowed() == 2);
}

TEST_CASE("a told time is kept, and only a long one is a pause of the account") {
    Restraint restraint(4, kLimits);
    restraint.answered(10s, 1s);
    CHECK(restraint.not_before() == 11s);
    CHECK(!restraint.long_pause(1s));
    restraint.answered(60s, 2s);
    CHECK(restraint.not_before() == 62s);
    CHECK(restraint.long_pause(61s));
    CHECK(!restraint.long_pause(62s));
    restraint.answered(1s, 3s);
    CHECK(restraint.not_before() == 62s);
}

TEST_CASE(
    "three failures in a row are enough, those of one moment are one, a success starts anew") {
    Restraint restraint(10, kLimits);
    CHECK(!restraint.failed(1s, 2s));
    CHECK(restraint.allowed() == 1);
    CHECK(!restraint.failed(1s, 2s));
    CHECK(!restraint.failed(1s, 2s));
    CHECK(!restraint.failed(3s, 4s));
    CHECK(restraint.not_before() == 6s);
    restraint.answered(0ms, 5s);
    CHECK(restraint.allowed() == 10);
    CHECK(!restraint.failed(7s, 8s));
    CHECK(!restraint.failed(9s, 10s));
    CHECK(restraint.failed(12s, 13s));
}

TEST_CASE("an answer that is no clear one does not end a row of unclear ones") {
    Restraint restraint(10, kLimits);
    for (auto at : {1s, 2s}) {
        restraint.answered(0ms, at);
        CHECK(!restraint.doubtful(at, at));
    }
    restraint.answered(0ms, 9s);
    CHECK(restraint.doubtful(9s, 9s));
    restraint.went_well();
    CHECK(!restraint.doubtful(10s, 10s));
}

TEST_CASE(
    "one unclear answer among good ones holds up nothing, but what the provider told is kept") {
    Restraint restraint(10, kLimits);
    restraint.answered(5s, 1s);
    CHECK(!restraint.doubtful(1s, 7s));
    CHECK(restraint.not_before() == 8s);
    CHECK(restraint.allowed() == 1);
    restraint.answered(0ms, 7s);
    CHECK(restraint.not_before() == 8s);
    restraint.went_well();
    CHECK(restraint.not_before() == 6s);
    CHECK(restraint.allowed() == 10);
}
