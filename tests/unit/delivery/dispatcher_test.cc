#include "delivery/dispatcher.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "delivery/session_departures.h"
#include "ledger/memory.h"
#include "unit/delivery/alert.h"
#include "unit/delivery/scripted_transport.h"

using namespace tocsin;

namespace {

const MailingKey kMailing{"alert", ""};

// A planned campaign in memory, and one run of it.
class Run {
  public:
    explicit Run(const std::vector<std::string>& people) {
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
        SessionDepartures departures{*session};
        transport.departures = &departures;
        Dispatcher dispatcher({*session,
                               transport,
                               rates,
                               1,
                               breaker,
                               {content_, columns_, numbers_, keys_, signer_},
                               clock},
                              limits);
        return dispatcher.run([](const RunResult&) {});
    }

    Counts counts() { return ledger->counts(kMailing); }
    WallTime now() const { return clock.now(); }

    ManualClock clock{WallTime{std::chrono::hours(200'000)}};
    std::unique_ptr<Ledger> ledger = make_memory_ledger();
    ScriptedTransport transport;
    RunRates rates{"test", {}, "alert", {}};
    Breaker breaker;

  private:
    Content content_ = test::alert_content();
    Columns columns_;
    DkimSigner signer_;
    MailingNumbers numbers_{"alert/", 1, 1};
    KeyRing keys_{std::vector<std::string>{"a secret of the tests"}};
};

std::vector<std::string> people(int count, const std::string& prefix = "p") {
    std::vector<std::string> all;
    for (int i = 0; i < count; ++i) all.push_back(prefix + std::to_string(i));
    return all;
}

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
    Run run({"unusable", "a", "b"});
    RunResult result = run.go();
    CHECK(result.end == RunEnd::kUnusable);
    CHECK(result.message == "the certificate is not valid");
    CHECK(result.hint == "mend it");
    CHECK(run.transport.delivered.empty());
    CHECK(run.counts().of(State::kPlanned) == 3);
}

TEST_CASE("a refused sender stops the run and charges nobody") {
    Run run({"mail550", "mail550b", "mail550c", "c", "d", "e", "f"});
    RunResult result = run.go();
    CHECK(result.end == RunEnd::kUnusable);
    CHECK(run.counts().of(State::kRejected) == 0);
    CHECK(run.transport.delivered.empty());
    CHECK(run.counts().of(State::kPlanned) == 7);
}

TEST_CASE("a hold stops a running send before its next mail") {
    Run run(people(200));
    run.transport.most = 1;
    run.transport.before_poll = [&, held = false]() mutable {
        if (run.transport.delivered.size() < 5 || std::exchange(held, true)) return;
        run.ledger->set_control(kMailing, Control::kHeld, "wait", run.now());
    };
    RunResult result = run.go();
    CHECK(result.end == RunEnd::kHeld);
    CHECK(result.message == "wait");
    // One that had its intent already may still go.
    std::size_t sent = run.transport.delivered.size();
    CHECK(sent <= 7);
    CHECK(run.counts().of(State::kAccepted) == sent);
    CHECK(run.counts().of(State::kPlanned) == 200 - sent);
    run.ledger->set_control(kMailing, Control::kOpen, "", run.now());
    CHECK(run.go().accepted == 200 - sent);
}

TEST_CASE("somebody who leaves between claim and intent is not mailed") {
    Run run(people(100));
    bool left = false;
    run.transport.most = 1;
    run.transport.before_poll = [&] {
        if (run.transport.delivered.empty() || std::exchange(left, true)) return;
        Suppression entry{"p99@one.example", "news", "unsubscribe", "test", run.now(), "alert"};
        run.ledger->suppress({&entry, 1});
    };
    RunResult result = run.go();
    CHECK(result.accepted == 99);
    auto& delivered = run.transport.delivered;
    CHECK(std::find(delivered.begin(), delivered.end(), "p99") == delivered.end());
    CHECK(run.counts().of(SkipReason::kSuppressed) == 1);
    CHECK(run.counts().adds_up());
}

TEST_CASE("a stop lets what is under way finish and claims nothing new") {
    Run run(people(300));
    std::atomic<bool> stop{false};
    run.transport.before_poll = [&] { stop = run.transport.delivered.size() >= 10; };
    RunResult result = run.go({.most = std::nullopt, .wait = false, .stop = &stop});
    CHECK(result.end == RunEnd::kStopped);
    CHECK(result.accepted == run.transport.delivered.size());
    CHECK(result.accepted < 30);
    CHECK(run.counts().of(State::kAccepted) == result.accepted);
    CHECK(run.counts().of(State::kPlanned) == 300 - result.accepted);
    CHECK(run.go().accepted == 300 - result.accepted);
}

TEST_CASE("when most are rejected the breaker stops the run, and nobody is suppressed for it") {
    Run run(people(500, "rcpt550-"));
    run.breaker = {.percent = 10, .after = 50};
    RunResult result = run.go();
    CHECK(result.end == RunEnd::kBreaker);
    CHECK(result.message.starts_with("breaker: "));
    CHECK(result.rejected < 100);
    CHECK(run.counts().of(State::kPlanned) == 500 - result.rejected);
    CHECK(!run.ledger->is_suppressed("rcpt550-0@one.example", "news"));
}

TEST_CASE("a domain that asks for less gets none of what was claimed for it before") {
    Run run(people(100, "slow"));
    std::atomic<bool> stop{false};
    int polls = 0;
    run.transport.before_poll = [&] { stop = ++polls > 200; };
    RunResult result = run.go({{}, false, &stop});
    CHECK(result.end == RunEnd::kStopped);
    CHECK(result.deferred > 0);
    CHECK(result.deferred <= 50);  // some are still being rendered
    CHECK(run.counts().of(State::kPlanned) == 100 - result.deferred);
    CHECK(run.counts().of(State::kSending) == 0);
}

TEST_CASE("a rate that is spent for long ends the run and says when to come again") {
    Run run(people(30));
    run.rates.limits.rates = {{1, std::chrono::hours(1)}};
    RunResult result = run.go();
    CHECK(result.end == RunEnd::kNothingDue);
    CHECK(result.rate_spent);
    CHECK(result.accepted == 1);
    REQUIRE(result.next_due);
    CHECK(*result.next_due - run.now() == std::chrono::hours(1));
    CHECK(run.go().accepted == 0);
    run.clock.advance(std::chrono::minutes(61));
    RunResult third = run.go();
    CHECK(third.accepted == 1);
    CHECK(run.counts().of(State::kPlanned) == 28);
}

TEST_CASE(
    "a provider that wants nothing for an hour ends the run, and gets all the rest after it") {
    std::vector<std::string> all = people(99);
    all.insert(all.begin(), "pause");
    Run run(all);
    RunResult result = run.go();
    CHECK(result.end == RunEnd::kNothingDue);
    CHECK(result.rate_spent);
    REQUIRE(result.next_due);
    CHECK(*result.next_due - run.now() == std::chrono::hours(1));
    const std::size_t sent = run.transport.delivered.size();
    CHECK(sent < 60);  // those that the transport and the works had already
    CHECK(run.counts().of(State::kAccepted) == sent);
    CHECK(run.counts().of(State::kPlanned) == 100 - sent);
    CHECK(run.counts().of(State::kSending) == 0);
    run.clock.advance(std::chrono::minutes(61));
    CHECK(run.go().end == RunEnd::kNothingLeft);
    CHECK(run.transport.delivered.size() == 100);
}

TEST_CASE("a paced run pauses as well") {
    std::vector<std::string> all = people(20);
    all.insert(all.begin(), "pause");
    Run run(all);
    run.rates.limits.rates = {{1000, std::chrono::seconds(1)}};
    run.transport.before_poll = [&] { run.clock.advance(Milliseconds(1)); };
    RunResult result = run.go();
    CHECK(result.end == RunEnd::kNothingDue);
    CHECK(run.counts().of(State::kAccepted) == run.transport.delivered.size());
    CHECK(run.counts().adds_up());
}

TEST_CASE("a cancelled campaign is not sent") {
    Run run({"a", "b"});
    run.ledger->set_control(kMailing, Control::kCancelled, "wrong list", run.now());
    CHECK(run.go().accepted == 0);
    CHECK(run.transport.delivered.empty());
    CHECK(run.counts().of(SkipReason::kCancelled) == 2);
}
