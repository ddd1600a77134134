#include "delivery/notice_text.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace tocsin;

namespace {

const MailingKey kWeekly{"weekly", "2026-12-07T09:00"};

Workspace harbour() {
    Workspace workspace;
    workspace.root = "/srv/harbour";
    return workspace;
}

}  // namespace

TEST_CASE("a headline says which mailing and what of it, once") {
    CHECK(headline({NotifyEvent::kHeld, kWeekly, "overdue"}) ==
          "weekly@2026-12-07T09:00 is held: overdue");
    CHECK(headline({NotifyEvent::kHeld, kWeekly, "weekly@2026-12-07T09:00 is late\nmore"}) ==
          "weekly@2026-12-07T09:00 is late");
    CHECK(headline({NotifyEvent::kInDoubt, {"alert", ""}, ""}) == "alert has mails in doubt");
}

TEST_CASE("what a server said cannot break out of a headline, and is cut between characters") {
    std::string line = headline({NotifyEvent::kPaused, {"alert", ""}, "no\r\x1b[2J\xff more"});
    CHECK(line == "alert is paused: no??[2J? more");
    for (std::size_t blanks = 0; blanks < 4; ++blanks) {
        std::string text = std::string(blanks, 'x');
        for (int i = 0; i < 100; ++i) text += "€";
        line = headline({NotifyEvent::kPaused, {"alert", ""}, text});
        CHECK(line.size() <= 200);
        CHECK(line.ends_with("€…"));
        CHECK(!invalid_utf8(line));
    }
}

TEST_CASE("a body has all lines, and says where and when it was") {
    const std::string text =
        body({NotifyEvent::kHeld, kWeekly, "overdue\nsince \x07nine\n"}, harbour(), WallTime{});
    CHECK(text.starts_with(
        "weekly@2026-12-07T09:00 is held: overdue\nsince ?nine\n\n/srv/harbour on "));
    CHECK(text.ends_with(", 1970-01-01T00:00:00Z\n"));
    CHECK(body({NotifyEvent::kDone, kWeekly, "all\n"}, harbour(), WallTime{})
              .starts_with("weekly@2026-12-07T09:00 is done: all\n\n/srv/harbour on "));
}
