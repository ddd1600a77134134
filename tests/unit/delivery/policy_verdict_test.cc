// What follows from a provider's answer.
#include <doctest/doctest.h>

#include "delivery/policy.h"

using namespace tocsin;
using std::chrono::hours;
using std::chrono::seconds;

namespace {

Attempt answered(ProviderVerdict verdict, int code, std::optional<Milliseconds> retry_after = {}) {
    Attempt made;
    made.phase = Phase::kEndOfData;
    made.reply = SmtpReply{code, "", "Code words of the provider"};
    made.verdict = verdict;
    made.retry_after = retry_after;
    return made;
}

Decision first(const Attempt& attempt) {
    return decide(attempt, {});
}

}  // namespace

TEST_CASE("an acceptance is final, whatever status it came with") {
    for (int code : {200, 202, 400}) {
        Decision decision = first(answered(ProviderVerdict::kAccepted, code));
        CHECK(decision.state == State::kAccepted);
        CHECK(decision.pause_all == Milliseconds(0));
    }
}

TEST_CASE("a refusal rejects the mail, and says nothing of address or receiving domain") {
    for (int code : {400, 422, 550, 554}) {
        CAPTURE(code);
        Decision decision = first(answered(ProviderVerdict::kRefused, code));
        CHECK(decision.state == State::kRejected);
        CHECK(decision.suppress == Decision::Suppress::kNo);
        CHECK(decision.stop == Decision::Stop::kNo);
        CHECK(!decision.throttled);
        CHECK(!decision.policy_refusal);
    }
}

TEST_CASE("a refused account stops the run and charges nobody") {
    Decision decision = first(answered(ProviderVerdict::kAccount, 403));
    CHECK(decision.state == State::kPlanned);
    CHECK(decision.stop == Decision::Stop::kSender);
    CHECK(decision.said == "the provider refuses our account: 403 Code words of the provider");
}

TEST_CASE("who refuses the account is named, and what to do about it") {
    Attempt attempt = answered(ProviderVerdict::kAccount, 401);
    attempt.provider = ProviderKind::kMailjet;
    CHECK(first(attempt).said == "Mailjet refuses our account: 401 Code words of the provider");
    CHECK(
        first(attempt).hint ==
        "check `api_key` and `secret_key` of this transport in tocsin.yaml, and with Mailjet what "
        "the key and the account may do");
    attempt.reply->code = 429;
    CHECK(first(attempt).hint ==
          "the account's quota is spent: go on when Mailjet renews it, or raise it there");
    attempt.reply->code = 404;
    CHECK(first(attempt).hint ==
          "compare this transport in tocsin.yaml with the account at Mailjet: sender, domain, plan "
          "and credit");
}

TEST_CASE("an unclear answer leaves a doubt, also where its status would mean another try") {
    for (int code : {200, 429, 500, 503}) {
        CHECK(first(answered(ProviderVerdict::kUnclear, code)).state == State::kInDoubt);
    }
}

TEST_CASE("too fast is the account's: no receiving domain slows down, and the mail waits shortly") {
    Decision decision = first(answered(ProviderVerdict::kThrottled, 429));
    CHECK(decision.state == State::kDeferred);
    CHECK(!decision.throttled);
    CHECK(decision.retry_after == seconds(5));
    CHECK(decision.pause_all == Milliseconds(0));
    Attempt again = answered(ProviderVerdict::kThrottled, 429);
    CHECK(decide(again, {3, std::nullopt}).retry_after == seconds(40));
    CHECK(decide(again, {40, std::nullopt}).retry_after == back_off(40));
}

TEST_CASE("a told time is kept, jitter included, and a long one makes the whole account wait") {
    Decision short_one = first(answered(ProviderVerdict::kThrottled, 429, seconds(10)));
    CHECK(with_jitter(short_one.retry_after, 0) >= seconds(10));
    CHECK(short_one.pause_all == Milliseconds(0));
    Decision long_one = first(answered(ProviderVerdict::kThrottled, 429, seconds(60)));
    CHECK(with_jitter(long_one.retry_after, 0) >= seconds(60));
    CHECK(with_jitter(long_one.retry_after, 0) < seconds(61));
    CHECK(long_one.pause_all == seconds(60));
    Decision at_once = first(answered(ProviderVerdict::kThrottled, 429, Milliseconds(0)));
    CHECK(at_once.retry_after == seconds(1));
}

TEST_CASE("a pause is heeded with whatever answer it comes") {
    for (auto verdict : {ProviderVerdict::kAccepted, ProviderVerdict::kRefused,
                         ProviderVerdict::kLater, ProviderVerdict::kUnclear}) {
        CHECK(first(answered(verdict, 200, hours(1))).pause_all == hours(1));
    }
}

TEST_CASE("not now waits as after an SMTP 4xx, or as long as the provider says") {
    CHECK(first(answered(ProviderVerdict::kLater, 503)).retry_after == back_off(0));
    Decision told = first(answered(ProviderVerdict::kLater, 503, seconds(30)));
    CHECK(with_jitter(told.retry_after, 0) >= seconds(30));
    CHECK(told.retry_after < seconds(41));
    // A server that asks for half a minute again and again is not asked every half minute.
    Attempt again = answered(ProviderVerdict::kLater, 503, seconds(30));
    CHECK(decide(again, {2, std::nullopt}).retry_after == back_off(2));
}

TEST_CASE("who was told to wait for longer than give_up_after has expired") {
    Attempt late = answered(ProviderVerdict::kThrottled, 429);
    late.ended = WallTime(hours(100));
    Decision decision = decide(late, {5, WallTime(hours(1)), hours(48)});
    CHECK(decision.state == State::kExpired);
}
