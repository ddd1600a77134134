#include "delivery/retry_hint.h"

#include <doctest/doctest.h>

using namespace tocsin;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

TEST_CASE("a time that a server asks to wait is read") {
    CHECK(retry_hint("greylisted, please try again in 300 seconds") == seconds(300));
    CHECK(retry_hint("greylisted for 5 minutes, see https://grey.example/") == minutes(5));
    CHECK(retry_hint("greylisting in action, please come back in 00:04:59") == seconds(299));
    CHECK(retry_hint("you must wait 60s") == seconds(60));
    CHECK(retry_hint("please wait 300secs.") == seconds(300));
    CHECK(retry_hint("too fast; retry after 1 hour 30 minutes") == minutes(90));
    CHECK(retry_hint("retry in 2h") == hours(2));
    CHECK(retry_hint("try again in a moment, or try again in 10 min") == minutes(10));
}

TEST_CASE("what only looks like a time is none") {
    for (const char* text :
         {"", "try again later", "try again in", "try again in 300", "try again in 5 million years",
          "wait 5 mailboxes", "ticket 300 seconds", "again in 12345678 seconds",
          "come back in 00:05", "retry after 2026-11-23", "error 451 at 10:15:00",
          "wait -5 minutes"}) {
        CAPTURE(text);
        CHECK_FALSE(retry_hint(text));
    }
}
