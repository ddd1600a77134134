#include "delivery/policy.h"

#include <doctest/doctest.h>

using namespace tocsin;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using Suppress = Decision::Suppress;
using Stop = Decision::Stop;

namespace {

Attempt attempt(Phase phase, int code, std::string enhanced = "", std::string text = "said") {
    Attempt made;
    made.phase = phase;
    made.reply = SmtpReply{code, std::move(enhanced), std::move(text)};
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

// What the first attempt's RCPT got.
Decision at_rcpt(int code, std::string enhanced = "", std::string text = "said") {
    return decide(attempt(Phase::kRcpt, code, std::move(enhanced), std::move(text)), {});
}

// Everything but the wait and the sentence.
struct Outcome {
    State state;
    Suppress suppress = Suppress::kNo;
    Stop stop = Stop::kNo;
    bool throttled = false, policy_refusal = false;
};

void check(const Decision& got, const Outcome& wanted) {
    CHECK(got.state == wanted.state);
    CHECK(got.suppress == wanted.suppress);
    CHECK(got.stop == wanted.stop);
    CHECK(got.throttled == wanted.throttled);
    CHECK(got.policy_refusal == wanted.policy_refusal);
}

constexpr Outcome kGone{State::kRejected, Suppress::kNow};
constexpr Outcome kSoftly{State::kRejected, Suppress::kSoft};
constexpr Outcome kSoftlyForNow{State::kDeferred, Suppress::kSoft};
constexpr Outcome kKept{State::kRejected};
constexpr Outcome kLater{State::kDeferred};
constexpr Outcome kSlower{State::kDeferred, Suppress::kNo, Stop::kNo, true};
constexpr Outcome kPolicy{State::kRejected, Suppress::kNo, Stop::kNo, false, true};
constexpr Outcome kSender{State::kPlanned, Suppress::kNo, Stop::kSender};
constexpr Outcome kBlock{State::kDeferred, Suppress::kNo, Stop::kGroup};

}  // namespace

// --- Phases --------------------------------------------------------------------------------------

TEST_CASE("only a 2xx to the end of data is an acceptance") {
    check(decide(attempt(Phase::kEndOfData, 250), {}), {State::kAccepted});
    CHECK(state_after(attempt(Phase::kRcpt, 250)) == State::kDeferred);
    CHECK(state_after(attempt(Phase::kBody, 250)) == State::kDeferred);
}

TEST_CASE("a link that breaks before the end of data is retried, after it is in doubt") {
    for (Phase phase : {Phase::kConnect, Phase::kRcpt, Phase::kData, Phase::kBody}) {
        check(decide(lost(phase), {}), kLater);
    }
    check(decide(lost(Phase::kEndOfData), {}), {State::kInDoubt});
}

TEST_CASE("an answer to the end of data that decides nothing leaves a doubt") {
    check(decide(attempt(Phase::kEndOfData, 354), {}), {State::kInDoubt});
}

TEST_CASE("a server that lacks what the message needs rejects it") {
    check(decide(lost(Phase::kMail), {}), kKept);
}

TEST_CASE("a permanent reply rejects the recipient, a transient one defers") {
    CHECK(state_after(attempt(Phase::kRcpt, 550, "5.1.1")) == State::kRejected);
    CHECK(state_after(attempt(Phase::kData, 554, "5.7.1")) == State::kRejected);
    CHECK(state_after(attempt(Phase::kEndOfData, 552, "5.2.2")) == State::kRejected);
    CHECK(state_after(attempt(Phase::kRcpt, 450, "4.2.0")) == State::kDeferred);
    CHECK(state_after(attempt(Phase::kEndOfData, 451)) == State::kDeferred);
}

TEST_CASE("what is refused before the address was seen is the sender's") {
    for (Phase phase : {Phase::kConnect, Phase::kMail}) {
        for (int code : {530, 550, 553, 554}) {
            CAPTURE(code);
            check(decide(attempt(phase, code, "5.7.1"), {}), kSender);
            check(decide(attempt(phase, code, "5.1.1"), {}), kSender);
        }
    }
    check(decide(attempt(Phase::kMail, 550, "5.7.1", "on our block list (S3150)"), {}), kSender);
}

TEST_CASE("a refused MAIL that speaks of the message is the message's, and suppresses nobody") {
    check(decide(attempt(Phase::kMail, 552), {}), kKept);
    check(decide(attempt(Phase::kMail, 552, "5.2.2"), {}), kKept);
    check(decide(attempt(Phase::kMail, 554, "5.3.4"), {}), kKept);
    check(decide(attempt(Phase::kMail, 553, "5.6.7"), {}), kKept);
    CHECK(state_after(attempt(Phase::kMail, 421)) == State::kDeferred);
}

TEST_CASE("only an answer to RCPT or to the end of data suppresses") {
    for (const char* code : {"5.1.1", "5.2.1", "5.7.17", "5.2.2"}) {
        CAPTURE(code);
        check(decide(attempt(Phase::kData, 550, code), {}), kKept);
        CHECK(decide(attempt(Phase::kRcpt, 550, code), {}).suppress != Suppress::kNo);
        CHECK(decide(attempt(Phase::kEndOfData, 550, code), {}).suppress != Suppress::kNo);
    }
    check(decide(attempt(Phase::kMail, 452, "4.3.1"), {}), kLater);
}

// --- The table of codes --------------------------------------------------------------------------

TEST_CASE("no such mailbox or domain, disabled, or changed hands: suppressed at once") {
    for (const char* code :
         {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.7.17", "5.7.18"}) {
        CAPTURE(code);
        check(at_rcpt(550, code), kGone);
        check(at_rcpt(554, code), kGone);
    }
}

TEST_CASE("full or too large: counted softly") {
    check(at_rcpt(552, "5.2.2"), kSoftly);
    check(at_rcpt(452, "4.2.2"), kSoftlyForNow);
    check(at_rcpt(552, "5.2.3"), kSoftly);
    check(at_rcpt(452, "4.3.1"), kSoftlyForNow);
    check(at_rcpt(552), kSoftly);
}

TEST_CASE("throttled or transient: the domain slows down and is tried again") {
    check(at_rcpt(450, "4.2.1", "The user you are trying to contact is receiving mail too quickly"),
          kSlower);
    check(at_rcpt(421, "4.4.5"), kSlower);
    check(at_rcpt(421, "4.7.0"), kSlower);
    check(at_rcpt(421, "4.7.28"), kSlower);
    for (int code : {421, 450, 451}) check(at_rcpt(code), kSlower);
    check(at_rcpt(452, "4.5.3", "Too many messages in this session"), kSlower);
}

TEST_CASE("the passing trouble of one mailbox slows nobody else") {
    check(at_rcpt(450, "4.2.1"), kLater);
    check(at_rcpt(450, "4.1.1"), kLater);
}

TEST_CASE("a bad sender stops the run as a configuration error") {
    check(at_rcpt(550, "5.1.7"), kSender);
    check(at_rcpt(550, "5.1.8"), kSender);
    check(at_rcpt(525), kSender);
    check(at_rcpt(525, "5.7.13"), kSender);
    for (int code : {530, 534, 535, 538}) check(at_rcpt(code), kSender);
    check(at_rcpt(550, "5.7.8"), kSender);
}

TEST_CASE("policy or spam: counted, and nobody is suppressed") {
    check(at_rcpt(550, "5.7.0"), kPolicy);
    check(at_rcpt(550, "5.7.1"), kPolicy);
    check(at_rcpt(554), kPolicy);
    check(decide(attempt(Phase::kEndOfData, 554, "5.7.1"), {}), kPolicy);
    for (const char* code : {"5.7.19", "5.7.33", "5.7.514", "5.7.516"}) {
        CAPTURE(code);
        check(at_rcpt(550, code), kPolicy);
    }
}

TEST_CASE("SPF, DKIM, DMARC, PTR: the sender's problem, whatever the phase") {
    for (Phase phase : {Phase::kMail, Phase::kRcpt, Phase::kData, Phase::kEndOfData}) {
        for (const char* code : {"5.7.20", "5.7.26", "5.7.32", "5.7.40", "5.7.515"}) {
            CAPTURE(code);
            check(decide(attempt(phase, 550, code), {}), kSender);
        }
        for (const char* code : {"4.7.23", "4.7.26", "4.7.32"}) {
            CAPTURE(code);
            check(decide(attempt(phase, 451, code), {}), kSender);
        }
    }
}

TEST_CASE("routing, protocol, content: the mail fails and the address is kept") {
    for (const char* code : {"5.4.1", "5.4.6", "5.5.0", "5.5.2", "5.6.0", "5.6.7", "5.3.4"}) {
        CAPTURE(code);
        check(at_rcpt(550, code), kKept);
        check(at_rcpt(554, code), kKept);
        check(at_rcpt(552, code), kKept);
    }
}

TEST_CASE("a refusal that says nothing more keeps the address") {
    for (int code : {550, 551, 553}) check(at_rcpt(code), kKept);
    check(at_rcpt(550, "5.1.5"), kKept);
    check(at_rcpt(450, "4.7.5150"), kSlower);
}

TEST_CASE("where class and basic code disagree, the basic code decides whether to try again") {
    check(at_rcpt(450, "5.1.1"), kLater);
    check(at_rcpt(450, "5.7.1"), kLater);
    check(at_rcpt(550, "4.2.2"), kSoftly);
    check(at_rcpt(550, "4.4.5"), kKept);
}

// --- Texts outrank codes -------------------------------------------------------------------------

TEST_CASE("a receiver that blocks our server pauses its own domains and charges nobody") {
    check(at_rcpt(550, "5.7.1",
                  "Unfortunately, messages from [192.0.2.1] weren't sent. Please contact your "
                  "Internet service provider since part of their network is on our block list "
                  "(S3150)."),
          kBlock);
    check(at_rcpt(550, "5.7.606", "Access denied"), kBlock);
    check(at_rcpt(554, "5.7.1", "Client host [192.0.2.1] blocked using dnsbl.example"), kBlock);
    CHECK(at_rcpt(550, "5.7.606").retry_after == seconds(4000));
}

TEST_CASE("a server that will not relay, or refuses our name or address, refuses the sender") {
    for (const char* text :
         {"<ann@one.example>: Relay access denied", "Relaying denied", "Unable to relay",
          "<mail>: Helo command rejected: need fully-qualified hostname",
          "<news@harbour.example>: Sender address rejected: User unknown in local table",
          "Client host rejected: Access denied", "Daily user sending limit exceeded",
          "Daily SMTP relay sending quota exceeded",
          "Domain harbour.example has exceeded the max emails per hour (100/100) allowed."}) {
        CAPTURE(text);
        check(at_rcpt(550, "5.7.1", text), kSender);
    }
    check(at_rcpt(450, "4.1.8", "Sender address rejected: Domain not found"), kLater);
}

TEST_CASE("a mailbox that is only described is known all the same") {
    check(at_rcpt(550, "", "User unknown"), kGone);
    check(at_rcpt(550, "", "sorry, no mailbox here by that name."), kGone);
    check(at_rcpt(554, "", "delivery error: dd This user doesn't have a mail.example account"),
          kGone);
    check(at_rcpt(450, "", "user unknown"), kSlower);
    check(at_rcpt(550, "5.7.1", "Mailbox full"), kSoftly);
    check(at_rcpt(452, "", "The account is over quota"), kSoftlyForNow);
}

TEST_CASE("an address in the reply is not taken for the reply") {
    check(at_rcpt(550, "5.1.1", "<petes3150@one.example> is gone"), kGone);
    check(at_rcpt(450, "4.1.1", "<greylist-fan@one.example>: not now"), kLater);
    CHECK(at_rcpt(450, "4.1.1", "<greylist-fan@one.example>: not now").retry_after == minutes(5));
}

// --- Waiting -------------------------------------------------------------------------------------

TEST_CASE("retries wait longer each time, up to 4000 seconds") {
    CHECK(back_off(0) == seconds(300));
    CHECK(back_off(1) == seconds(600));
    CHECK(back_off(3) == seconds(2400));
    CHECK(back_off(4) == seconds(4000));
    CHECK(back_off(1000) == seconds(4000));
    CHECK(with_jitter(seconds(400), 0.0) == seconds(300));
    CHECK(with_jitter(seconds(400), 0.5) == seconds(400));
    CHECK(with_jitter(seconds(400), 0.999999) < seconds(500));
}

TEST_CASE("a greylisted mail comes back after half an hour, or when it was told to") {
    auto soonest = [](const Attempt& made, int attempts) {
        Decision decision = decide(made, {attempts, WallTime{}});
        CHECK_FALSE(decision.throttled);
        return with_jitter(decision.retry_after, 0.0);
    };
    Attempt untold = attempt(Phase::kRcpt, 450, "4.2.0", "try later");
    CHECK(soonest(untold, 0) == minutes(30));
    CHECK(soonest(attempt(Phase::kRcpt, 451, "4.7.1", "Greylisting in action"), 0) == minutes(30));
    CHECK(soonest(untold, 9) == seconds(3000));
    Attempt told = attempt(Phase::kRcpt, 450, "4.2.0", "Greylisted, try again in 600 seconds");
    CHECK(soonest(told, 0) == minutes(10));
    CHECK(soonest(told, 9) == seconds(3000));
}

TEST_CASE("what a server asks for is kept within reason") {
    auto wait = [](std::string text, int attempts) {
        Attempt made = attempt(Phase::kRcpt, 451, "4.7.1", std::move(text));
        return decide(made, {attempts, WallTime{}}).retry_after;
    };
    CHECK(with_jitter(wait("try again in 2 hours", 0), 0.0) == hours(2));
    CHECK(with_jitter(wait("try again in 2 hours", 3), 0.0) == hours(2));
    CHECK(with_jitter(wait("try again in 1 second", 0), 0.0) == minutes(1));
    CHECK(wait("try again in 1 second", 1) == seconds(600));
    CHECK(with_jitter(wait("try again in 99 hours", 0), 0.0) == hours(4));
}

TEST_CASE("when the time is over a retry is given up") {
    for (int code : {450, 550}) {  // 550: a block, which is retried too
        Attempt made = attempt(Phase::kRcpt, code, "", "blocked using a list");
        made.ended = WallTime{} + hours(49);
        CHECK(decide(made, {5, WallTime{}}).state == State::kExpired);
        made.ended = WallTime{} + hours(47);
        CHECK(decide(made, {5, WallTime{}}).state == State::kDeferred);
        CHECK(decide(made, {5, WallTime{}, hours(24)}).state == State::kExpired);
    }
    Attempt silent = lost(Phase::kRcpt);
    silent.ended = WallTime{} + hours(49);
    CHECK(decide(silent, {5, WallTime{}}).state == State::kExpired);
    Attempt full = attempt(Phase::kRcpt, 452, "4.2.2");
    full.ended = WallTime{} + hours(49);
    check(decide(full, {5, WallTime{}}), {State::kExpired, Suppress::kSoft});
}

// --- What explain says ---------------------------------------------------------------------------

TEST_CASE("each decision is said in one sentence") {
    CHECK(at_rcpt(550, "5.1.1").said == "no such mailbox (5.1.1): suppressed");
    CHECK(at_rcpt(552, "5.2.2").said == "mailbox full (5.2.2): counted as a soft bounce");
    CHECK(at_rcpt(452, "4.2.2").said ==
          "mailbox full (4.2.2): next try in about 5 min, counted as a soft bounce");
    CHECK(at_rcpt(421, "4.7.28").said ==
          "throttled (4.7.28): next try in about 5 min, its domain slows down");
    CHECK(at_rcpt(554).said == "refused (554): the address stays on the list");
    CHECK(at_rcpt(550, "5.7.26", "no SPF").said ==
          "the server does not trust this sender: 550 5.7.26 no SPF");
    CHECK(at_rcpt(550, "5.7.606").said ==
          "the receiver blocks our server (5.7.606): next try in about 67 min, its domain is left "
          "alone in this run");
    CHECK(at_rcpt(450, "4.2.0", "greylisted, try again in 3 hours").said ==
          "greylisted (4.2.0): next try in about 4 h");
    CHECK(decide(lost(Phase::kRcpt), {2, WallTime{}}).said ==
          "no answer: next try in about 20 min");
    CHECK(decide(lost(Phase::kEndOfData), {}).said ==
          "no answer to the end of data: only the server knows");
    CHECK(decide(attempt(Phase::kEndOfData, 250), {}).said.empty());
    Attempt late = attempt(Phase::kRcpt, 450);
    late.ended = WallTime{} + hours(49);
    CHECK(decide(late, {9, WallTime{}}).said ==
          "the server cannot take it now (450): given up 2 days after the first attempt");
}
