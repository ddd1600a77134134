#include "delivery/dispatcher.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "ledger/memory.h"
#include "unit/delivery/scripted_transport.h"

using namespace tocsin;

namespace {

const MailingKey kMailing{"alert", ""};

// A planned campaign in memory, and one run of it.
class Run {
  public:
    explicit Run(const std::vector<std::string>& people) {
        Findings findings;
        composer_ = Composer::make(content_, {}, findings);
        REQUIRE(composer_);
        auto writer = ledger->write_plan({kMailing, "news", "content", "hash", "[]", {}, now()},
                                         PlanKind::kNew);
        for (const std::string& local : people) {
            PlanRow row;
            row.address = row.key = local + "@one.example";
            writer->add(row);
        }
        writer->commit(0);
    }

    RunResult go(RunLimits limits = {}) {
        auto session = ledger->begin_send(kMailing, "test", now());
        Dispatcher dispatcher({*session, transport, "test", *composer_, numbers_, keys_, clock},
                              limits);
        return dispatcher.run(progress);
    }

    Counts counts() { return ledger->counts(kMailing); }
    WallTime now() const { return clock.now(); }

    ManualClock clock{WallTime{std::chrono::hours(1'000'000)}};
    std::unique_ptr<Ledger> ledger = make_memory_ledger();
    ScriptedTransport transport;
    std::function<void(const RunResult&)> progress = [](const RunResult&) {};

  private:
    Content content_{.campaign = "alert",
                     .from = {"Reem", Mailbox::from("campaigns@harbour.example")},
                     .reply_to = std::nullopt,
                     .subject = {{"campaigns/alert.yaml", 3, 11}, "Act"},
                     .preheader = std::nullopt,
                     .html = "",
                     .text = "a.txt.mustache",
                     .templates = {{"a.txt.mustache", "Act now"}},
                     .data = Value::Map{},
                     .fallbacks = {},
                     .attachments = {},
                     .unsubscribe_list = "news",
                     .transport = "",
                     .organisation = {},
                     .unsubscribe = {}};
    std::unique_ptr<Composer> composer_;
    MailingNumbers numbers_{"alert/", 1, 1};
    KeyRing keys_{std::vector<std::string>{"a secret of the tests"}};
};

}  // namespace

TEST_CASE("everybody is mailed once and a second run mails nobody") {
    Run run({"a", "b", "c", "d", "e", "f", "g"});
    RunResult first = run.go();
    CHECK(first.end == RunEnd::kNothingLeft);
    CHECK(first.accepted == 7);
    CHECK(run.transport.delivered.size() == 7);
    CHECK(run.counts().of(State::kAccepted) == 7);
    CHECK(run.go().accepted == 0);
    CHECK(run.transport.delivered.size() == 7);
}

TEST_CASE("each outcome lands in its state") {
    Run run({"ok", "rcpt550", "defer", "doubt", "ok2"});
    RunResult result = run.go();
    CHECK(result.end == RunEnd::kNothingDue);
    CHECK(result.next_due);
    Counts counts = run.counts();
    CHECK(counts.adds_up());
    CHECK(counts.of(State::kAccepted) == 2);
    CHECK(counts.of(State::kRejected) == 1);
    CHECK(counts.of(State::kDeferred) == 1);
    CHECK(counts.of(State::kInDoubt) == 1);
}

TEST_CASE("what is in doubt is not sent again") {
    Run run({"doubt"});
    run.go();
    CHECK(run.go().end == RunEnd::kNothingLeft);
    CHECK(run.transport.delivered.size() == 1);
    CHECK(run.counts().of(State::kInDoubt) == 1);
}

TEST_CASE("a deferred recipient is tried again when it is due") {
    Run run({"defer"});
    run.go();
    CHECK(run.go().deferred == 0);
    run.clock.advance(std::chrono::hours(1));
    CHECK(run.go().deferred == 1);
    auto report = run.ledger->explain(kMailing, "defer@one.example");
    REQUIRE(report);
    CHECK(report->attempts.size() == 2);
}

TEST_CASE("a limit ends the run with the rest planned") {
    Run run({"a", "b", "c", "d", "e"});
    RunResult result = run.go({.most = 2, .wait = false, .stop = nullptr});
    CHECK(result.end == RunEnd::kLimit);
    CHECK(result.accepted == 2);
    CHECK(run.counts().of(State::kPlanned) == 3);
}

TEST_CASE("an unusable transport gives everybody back") {
    Run run({"a", "unusable", "b"});
    RunResult result = run.go();
    CHECK(result.end == RunEnd::kUnusable);
    CHECK(result.message == "the certificate is not valid");
    CHECK(result.hint == "mend it");
    CHECK(run.transport.delivered.empty());
    CHECK(run.counts().of(State::kPlanned) == 3);
}

TEST_CASE("a refused sender stops the run and charges nobody") {
    Run run({"mail550", "mail550b", "c", "d", "e", "f"});
    RunResult result = run.go();
    CHECK(result.end == RunEnd::kUnusable);
    CHECK(run.counts().of(State::kRejected) == 0);
    CHECK(run.transport.delivered.empty());
    CHECK(run.counts().of(State::kPlanned) == 6);
}

TEST_CASE("a hold stops a running send before it claims the next mail") {
    Run run({"a", "b", "c", "d", "e", "f"});
    run.transport.capacity = 1;
    run.progress = [&](const RunResult& so_far) {
        if (so_far.accepted == 2) {
            run.ledger->set_control(kMailing, Control::kHeld, "wait", run.now());
        }
    };
    RunResult result = run.go();
    CHECK(result.end == RunEnd::kHeld);
    CHECK(result.message == "wait");
    // The one that was under way on the only connection is finished.
    CHECK(result.accepted == 3);
    CHECK(run.counts().of(State::kPlanned) == 3);
    run.ledger->set_control(kMailing, Control::kOpen, "", run.now());
    run.progress = [](const RunResult&) {};
    CHECK(run.go().accepted == 3);
}

TEST_CASE("somebody who leaves between claim and intent is not mailed") {
    Run run({"a", "leaver", "c"});
    bool left = false;
    run.transport.before_permit_request = [&] {
        if (std::exchange(left, true)) return;
        Suppression entry{"leaver@one.example", "news", "unsubscribe", "test", run.now(), "alert"};
        run.ledger->suppress({&entry, 1});
    };
    RunResult result = run.go();
    CHECK(result.accepted == 2);
    auto& delivered = run.transport.delivered;
    CHECK(std::find(delivered.begin(), delivered.end(), "leaver") == delivered.end());
    CHECK(run.counts().of(SkipReason::kSuppressed) == 1);
    CHECK(run.counts().adds_up());
}

TEST_CASE("a stop lets what is under way finish and claims nothing new") {
    Run run({"a", "b", "c", "d", "e", "f"});
    std::atomic<bool> stop{false};
    run.progress = [&](const RunResult&) { stop = true; };
    RunResult result = run.go({.most = std::nullopt, .wait = false, .stop = &stop});
    CHECK(result.end == RunEnd::kStopped);
    CHECK(result.accepted == 3);
    CHECK(run.counts().of(State::kPlanned) == 3);
}

TEST_CASE("a cancelled campaign is not sent") {
    Run run({"a", "b"});
    run.ledger->set_control(kMailing, Control::kCancelled, "wrong list", run.now());
    CHECK(run.go().accepted == 0);
    CHECK(run.transport.delivered.empty());
    CHECK(run.counts().of(SkipReason::kCancelled) == 2);
}
