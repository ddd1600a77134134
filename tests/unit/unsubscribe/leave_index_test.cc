#include "unsubscribe/leave_index.h"

#include <doctest/doctest.h>

#include "unit/unsubscribe/support.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

struct Fixture {
    KeyRing keys = key_ring();
    LeaveIndex index;

    UnsubscribeToken token(int person, int list) const {
        return *decode_token(keys, token_of(keys, person, list));
    }
    // "list", "all", "paused", or what of them holds.
    std::string left(int person, int list, WallTime now = kNoon) const {
        Standing standing = index.standing(token(person, list), now);
        std::string text;
        if (standing.left_list) text += "list ";
        if (standing.left_everything) text += "all ";
        if (standing.paused_until) text += "paused";
        CHECK(standing.can_undo != text.empty());
        return text;
    }
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a list that was left is no other list, and no other person's") {
    index.apply(token(1, 7), Choice::kList, kNoon);
    CHECK(left(1, 7) == "list ");
    CHECK(left(1, 8).empty());
    CHECK(left(2, 7).empty());
    index.apply(token(1, 8), Choice::kAll, kNoon);
    CHECK(left(1, 9) == "list all ");
}

TEST_CASE_FIXTURE(Fixture, "a person is the address, whatever the mail was") {
    index.apply(token(1, 7), Choice::kList, kNoon);
    auto later = decode_token(keys, encode_token(keys, 9, 7, 99, "person1@one.example"));
    CHECK(index.standing(*later, kNoon).left_list);
}

TEST_CASE_FIXTURE(Fixture, "a token without a list leaves everything") {
    index.apply(token(1, 0), Choice::kList, kNoon);
    CHECK(left(1, 7) == "list all ");
}

TEST_CASE_FIXTURE(Fixture,
                  "a pause ends; a longer one replaces a shorter one, never the other way") {
    index.apply(token(1, 7), Choice::kPause90, kNoon);
    index.apply(token(1, 7), Choice::kPause30, kNoon);
    CHECK(index.standing(token(1, 7), kNoon).paused_until == kNoon + std::chrono::days(90));
    CHECK(left(1, 8, kNoon + std::chrono::days(90) - Milliseconds(1)) == "paused");
    CHECK(left(1, 8, kNoon + std::chrono::days(90)).empty());
}

TEST_CASE_FIXTURE(Fixture, "undo takes back all of one person, and nothing of the next") {
    index.apply(token(1, 7), Choice::kList, kNoon);
    index.apply(token(1, 65535), Choice::kList, kNoon);
    index.apply(token(1, 7), Choice::kPause30, kNoon);
    index.apply(token(2, 7), Choice::kList, kNoon);
    index.apply(token(1, 7), Choice::kUndo, kNoon);
    CHECK(left(1, 7).empty());
    CHECK(left(1, 65535).empty());
    CHECK(left(2, 7) == "list ");
}
