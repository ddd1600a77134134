#include "unsubscribe/recent_choices.h"

#include <doctest/doctest.h>

#include "unit/unsubscribe/support.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const KeyRing kKeys = key_ring();
constexpr Milliseconds kMinute = std::chrono::minutes(1);

Leaving chosen(int person, Choice choice, Milliseconds after = Milliseconds(0)) {
    return leaving_of(kKeys, token_of(kKeys, person), choice, kNoon + after);
}

}  // namespace

TEST_CASE("only the same choice by the same link within minutes is a repetition") {
    RecentChoices recent;
    CHECK_FALSE(recent.repeats(chosen(1, Choice::kList)));
    recent.note(chosen(1, Choice::kList));
    CHECK(recent.repeats(chosen(1, Choice::kList, 4 * kMinute)));
    CHECK(recent.repeats(chosen(1, Choice::kList, -1 * kMinute)));
    CHECK_FALSE(recent.repeats(chosen(1, Choice::kList, 5 * kMinute)));
    CHECK_FALSE(recent.repeats(chosen(1, Choice::kAll)));
    CHECK_FALSE(recent.repeats(chosen(2, Choice::kList)));
}

TEST_CASE("after an undo nothing is a repetition, and no undo ever is") {
    RecentChoices recent;
    recent.note(chosen(1, Choice::kList));
    recent.note(chosen(1, Choice::kUndo, kMinute));
    CHECK_FALSE(recent.repeats(chosen(1, Choice::kUndo, kMinute)));
    CHECK_FALSE(recent.repeats(chosen(1, Choice::kList, 2 * kMinute)));
}

TEST_CASE("what is old is forgotten, and what is not stays, however many there are") {
    RecentChoices recent;
    for (int person = 1; person <= 3000; ++person) {
        recent.note(chosen(person, Choice::kList, person * kMinute / 1000));
    }
    CHECK(recent.repeats(chosen(1, Choice::kList, kMinute)));
    recent.note(chosen(1, Choice::kAll, 60 * kMinute));
    CHECK_FALSE(recent.repeats(chosen(2, Choice::kList, 60 * kMinute)));
}
