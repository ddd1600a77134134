#include "delivery/notify.h"

#include <doctest/doctest.h>

#include "base/file.h"
#include "ledger/memory.h"
#include "support/temporary_folder.h"

using namespace tocsin;

namespace {

constexpr std::chrono::minutes kMinute{1};

// A workspace whose command writes into `told`, and a run at a time.
class NotifyCase {
  public:
    NotifyCase() {
        workspace.root = folder.path();
        workspace.notify.on = {NotifyEvent::kHeld, NotifyEvent::kDone};
        workspace.notify.command = "cat >>told; echo \"$TOCSIN_EVENT|$TOCSIN_CAMPAIGN\" >>told";
    }

    Notice held(const std::string& text = "overdue") const {
        return {NotifyEvent::kHeld, {"weekly", "2026-12-07T09:00"}, text};
    }
    // As each run of the command: what it would say on stderr.
    std::string run(const Notice& notice) {
        Notifier notifier(workspace, *ledger, clock);
        return notifier.tell_again() + notifier.tell(notice);
    }
    std::string told() const {
        const auto file = folder.path() / "told";
        return std::filesystem::exists(file) ? read_file(file) : "";
    }
    // How often the command ran.
    std::size_t times() const {
        std::size_t count = 0;
        const std::string text = told();
        for (std::size_t at = 0; (at = text.find("held|", at)) != text.npos; ++at) ++count;
        return count;
    }
    void break_command() {
        workspace.notify.command = "echo held\\| >>told; echo no net >&2; exit 7";
    }

    TemporaryFolder folder;
    Workspace workspace;
    std::unique_ptr<Ledger> ledger = make_memory_ledger();
    ManualClock clock{WallTime(std::chrono::seconds(1'800'000'000))};
};

}  // namespace

TEST_CASE("a command gets the text and the names, in the workspace's folder, once") {
    NotifyCase one;
    CHECK(one.run(one.held()) == "");
    CHECK(one.told().starts_with("weekly@2026-12-07T09:00 is held: overdue\n\n"));
    CHECK(one.told().ends_with("held|weekly@2026-12-07T09:00\n"));
    for (int minute = 0; minute < 3; ++minute) {
        one.clock.advance(kMinute);
        CHECK(one.run(one.held()) == "");
    }
    CHECK(one.times() == 1);
}

TEST_CASE("nobody is told who does not want to hear of it") {
    NotifyCase one;
    one.workspace.notify.on = {NotifyEvent::kDone};
    CHECK(one.run(one.held()) == "");
    one.workspace.notify.on = {NotifyEvent::kHeld};
    one.workspace.notify.command = "";
    CHECK(one.run(one.held()) == "");
    CHECK(one.ledger->notes("").empty());
}

TEST_CASE("a command that fails is told of, and tried again later and later, not for ever") {
    NotifyCase one;
    one.break_command();
    const std::string said = one.run(one.held());
    CHECK(said ==
          "cannot tell `held` of weekly@2026-12-07T09:00: the command ended with 7: no net; next "
          "try after 2027-01-15T08:10:00Z");
    std::size_t complaints = 1;
    std::string last;
    for (int minute = 0; minute < 4 * 24 * 60; ++minute) {
        one.clock.advance(kMinute);
        const std::string now = one.run(one.held());
        if (now.empty()) continue;
        ++complaints;
        last = now;
    }
    CHECK(complaints == Notifier::kMostTries);
    CHECK(one.times() == Notifier::kMostTries);
    CHECK(last.ends_with("; given up after 13 tries"));
    CHECK(one.ledger->notes("untold:").empty());
}

TEST_CASE(
    "what could not be told is told by a later run, of a mailing that nobody looks at again") {
    NotifyCase one;
    const std::string good = one.workspace.notify.command;
    one.break_command();
    one.run(one.held());
    one.workspace.notify.command = good;
    one.clock.advance(std::chrono::minutes(9));
    CHECK(Notifier(one.workspace, *one.ledger, one.clock).tell_again() == "");
    CHECK(one.told() == "held|\n");
    one.clock.advance(kMinute);
    CHECK(Notifier(one.workspace, *one.ledger, one.clock).tell_again() == "");
    CHECK(one.told().find("is held: overdue") != std::string::npos);
    // As of when it happened.
    CHECK(one.told().find("2027-01-15T08:00:00Z") != std::string::npos);
    CHECK(one.ledger->notes("untold:").empty());
}

TEST_CASE("what hangs holds a run up once, not for each mailing and not each minute") {
    NotifyCase one;
    one.break_command();
    CHECK(one.run(one.held("a")) != "");
    CHECK(one.run({NotifyEvent::kHeld, {"other", ""}, "b"}) == "");
    one.clock.advance(9 * kMinute);
    CHECK(one.run({NotifyEvent::kHeld, {"third", ""}, "c"}) == "");
    CHECK(one.times() == 1);
    CHECK(one.ledger->notes("untold:").size() == 3);
    one.clock.advance(10 * kMinute);
    one.workspace.notify.command = "cat >>told; echo \"held|\" >>told";
    CHECK(Notifier(one.workspace, *one.ledger, one.clock).tell_again() == "");
    CHECK(one.times() == 4);
}

TEST_CASE("a ledger that fails is said, not thrown") {
    NotifyCase one;
    // A text that no note can hold is no reason to fail, either.
    CHECK(one.run(one.held(std::string("\xff\0", 2))) == "");
    CHECK(one.times() == 1);
}
