#include "delivery/policy_pause.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

// How many of so many refusals paused the group: it is said once.
int refuse(PolicyPause& pause, std::string_view group, int times) {
    int paused = 0;
    for (; times > 0; --times) paused += pause.rejected(group, true);
    return paused;
}

}  // namespace

TEST_CASE("a receiver that refuses by policy again and again is paused, and it alone") {
    PolicyPause pause;
    CHECK(refuse(pause, "one.example", 19) == 0);
    CHECK_FALSE(pause.paused("one.example"));
    CHECK(pause.reason("one.example").empty());
    CHECK(refuse(pause, "two.example", 5) == 0);
    CHECK(refuse(pause, "one.example", 3) == 1);
    CHECK(pause.paused("one.example"));
    CHECK_FALSE(pause.paused("two.example"));
    CHECK(pause.reason("one.example") == "one.example refuses by policy: 20 of 20");
}

TEST_CASE("a receiver that refuses few of many is not paused") {
    PolicyPause pause;
    for (int i = 0; i < 50; ++i) {
        CHECK_FALSE(pause.rejected("one.example", true));
        for (int j = 0; j < 5; ++j) CHECK_FALSE(pause.accepted("one.example"));
    }
    CHECK_FALSE(pause.paused("one.example"));
}

TEST_CASE("rejections for other reasons are answers that refuse nothing") {
    PolicyPause pause;
    for (int i = 0; i < 1000; ++i) CHECK_FALSE(pause.rejected("one.example", false));
    refuse(pause, "one.example", 1);
    for (int i = 0; i < 100; ++i) pause.rejected("one.example", false);
    CHECK(refuse(pause, "one.example", 19) == 0);
    CHECK_FALSE(pause.paused("one.example"));
}

TEST_CASE("a good record of yesterday hides no change of mind") {
    PolicyPause pause;
    for (int i = 0; i < 100'000; ++i) pause.accepted("one.example");
    CHECK(refuse(pause, "one.example", 20) == 1);
}

TEST_CASE("a receiver that blocks the server is paused at once") {
    PolicyPause pause;
    CHECK(pause.pause("one.example"));
    CHECK_FALSE(pause.pause("one.example"));
    CHECK(pause.paused("one.example"));
    CHECK(pause.reason("one.example") == "one.example blocks this server");
    CHECK(refuse(pause, "one.example", 100) == 0);
    CHECK_FALSE(pause.paused("two.example"));
}
