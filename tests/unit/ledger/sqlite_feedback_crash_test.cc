// kill -9 while somebody is being suppressed: all of it, or nothing that was not promised.
#include "base/failpoint.h"
#include "unit/ledger/child.h"
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

struct Crash {
    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "tocsin.db";

    Crash() { open_sqlite_ledger(file, OpenMode::kCreate); }
    std::unique_ptr<Ledger> open() const { return open_sqlite_ledger(file, OpenMode::kExisting); }

    int die_while(const char* failpoint, const std::function<void(Ledger&)>& work) const {
        return in_child([&] {
            auto ledger = open();
            die_at(failpoint);
            work(*ledger);
            return 0;
        });
    }

    std::size_t entries() const {
        std::size_t count = 0;
        open()->for_each_suppression({}, [&](const Suppression&) { ++count; });
        return count;
    }
};

void leave(Ledger& ledger) {
    ledger.suppress(std::vector{unsubscribe("a@x.example"), unsubscribe("b@x.example")});
}

void complain(Ledger& ledger) {
    FeedbackNote note;
    note.feedback.id = "one";
    note.feedback.address = "a@x.example";
    note.suppress = unsubscribe("a@x.example");
    ledger.note_feedback(std::vector{note});
}

}  // namespace

TEST_CASE("killed before the commit, nobody of a batch is on the list; after it, everybody") {
    Crash crash;
    REQUIRE(crash.die_while("suppress-before-commit", leave) == -SIGKILL);
    CHECK(crash.entries() == 0);
    CHECK(crash.open()->suppression_history("a@x.example").empty());
    REQUIRE(crash.die_while("suppress-after-commit", leave) == -SIGKILL);
    CHECK(crash.entries() == 2);
}

TEST_CASE("killed while a report is noted, it and its suppression are there, or neither") {
    Crash crash;
    REQUIRE(crash.die_while("feedback-before-commit", complain) == -SIGKILL);
    CHECK(crash.entries() == 0);
    REQUIRE(crash.die_while("feedback-after-commit", complain) == -SIGKILL);
    CHECK(crash.entries() == 1);
    std::size_t reports = 0;
    crash.open()->for_each_feedback({}, [&](const Feedback&) { ++reports; });
    CHECK(reports == 1);
}
