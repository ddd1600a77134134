#include "delivery/policy.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

Attempt attempt(Phase phase, int code, std::string enhanced = "") {
    Attempt made;
    made.phase = phase;
    made.reply = SmtpReply{code, std::move(enhanced), "said"};
    return made;
}

Attempt lost(Phase phase) {
    Attempt made;
    made.phase = phase;
    made.error = "connection reset";
    return made;
}

State state_after(const Attempt& made) {
    return decide(made, {}).state;
}

}  // namespace

TEST_CASE("only a 2xx to the end of data is an acceptance") {
    CHECK(state_after(attempt(Phase::kEndOfData, 250)) == State::kAccepted);
    CHECK(state_after(attempt(Phase::kRcpt, 250)) == State::kDeferred);
    CHECK(state_after(attempt(Phase::kEndOfData, 354)) == State::kDeferred);
}

TEST_CASE("a link that breaks before the end of data is retried, after it is in doubt") {
    for (Phase phase : {Phase::kConnect, Phase::kRcpt, Phase::kData, Phase::kBody}) {
        CHECK(state_after(lost(phase)) == State::kDeferred);
    }
    CHECK(state_after(lost(Phase::kEndOfData)) == State::kInDoubt);
}

TEST_CASE("a server that lacks what the message needs rejects it") {
    CHECK(state_after(lost(Phase::kMail)) == State::kRejected);
}

TEST_CASE("a permanent reply rejects the recipient, a transient one defers") {
    CHECK(state_after(attempt(Phase::kRcpt, 550, "5.1.1")) == State::kRejected);
    CHECK(state_after(attempt(Phase::kData, 554, "5.7.1")) == State::kRejected);
    CHECK(state_after(attempt(Phase::kEndOfData, 552, "5.2.2")) == State::kRejected);
    CHECK(state_after(attempt(Phase::kRcpt, 450, "4.2.0")) == State::kDeferred);
    CHECK(state_after(attempt(Phase::kEndOfData, 451)) == State::kDeferred);
}

TEST_CASE("what is the sender's fault stops the run and charges nobody") {
    CHECK(decide(attempt(Phase::kMail, 550, "5.7.1"), {}).stop_run);
    CHECK(decide(attempt(Phase::kMail, 530), {}).stop_run);
    for (const char* code :
         {"5.1.7", "5.1.8", "5.7.13", "5.7.20", "5.7.26", "5.7.32", "5.7.40", "5.7.515", "5.7.8"}) {
        CAPTURE(code);
        Decision decision = decide(attempt(Phase::kEndOfData, 550, code), {});
        CHECK(decision.stop_run);
        CHECK(decision.state == State::kPlanned);
    }
    CHECK(decide(attempt(Phase::kRcpt, 451, "4.7.26"), {}).stop_run);
}

TEST_CASE("a refused MAIL that speaks of the message is the message's") {
    CHECK(state_after(attempt(Phase::kMail, 552)) == State::kRejected);
    CHECK(state_after(attempt(Phase::kMail, 554, "5.3.4")) == State::kRejected);
    CHECK(state_after(attempt(Phase::kMail, 553, "5.6.7")) == State::kRejected);
    CHECK(state_after(attempt(Phase::kMail, 421)) == State::kDeferred);
}

TEST_CASE("enhanced codes beside the sender's are the recipient's") {
    for (const char* code :
         {"5.7.1", "5.7.17", "5.7.19", "5.7.33", "5.1.6", "5.1.10", "5.7.5150"}) {
        CAPTURE(code);
        CHECK_FALSE(decide(attempt(Phase::kRcpt, 550, code), {}).stop_run);
    }
}

TEST_CASE("retries wait longer each time, up to 4000 seconds") {
    using std::chrono::seconds;
    CHECK(back_off(0) == seconds(300));
    CHECK(back_off(1) == seconds(600));
    CHECK(back_off(3) == seconds(2400));
    CHECK(back_off(4) == seconds(4000));
    CHECK(back_off(1000) == seconds(4000));
    CHECK(with_jitter(seconds(400), 0.0) == seconds(300));
    CHECK(with_jitter(seconds(400), 0.5) == seconds(400));
    CHECK(with_jitter(seconds(400), 0.999999) < seconds(500));
}

TEST_CASE("two days after the first attempt a retry is given up") {
    Attempt made = attempt(Phase::kRcpt, 450);
    made.ended = WallTime{} + std::chrono::hours(49);
    CHECK(decide(made, {5, WallTime{}}).state == State::kExpired);
    made.ended = WallTime{} + std::chrono::hours(47);
    CHECK(decide(made, {5, WallTime{}}).state == State::kDeferred);
}
