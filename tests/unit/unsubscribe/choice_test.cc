#include "unsubscribe/choice.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("every choice has a name that leads back to it, and nothing else does") {
    for (Choice choice :
         {Choice::kList, Choice::kAll, Choice::kPause30, Choice::kPause90, Choice::kUndo}) {
        CHECK(choice_named(name(choice)) == choice);
    }
    for (const char* text : {"", "List", "pause", "pause-31", "list "}) {
        CHECK_FALSE(choice_named(text).has_value());
    }
}

TEST_CASE("only pauses end") {
    CHECK(pause_of(Choice::kPause30) == std::chrono::days(30));
    CHECK(pause_of(Choice::kPause90) == std::chrono::days(90));
    CHECK(pause_of(Choice::kList).count() == 0);
    CHECK(pause_of(Choice::kUndo).count() == 0);
}
