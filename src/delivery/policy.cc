#include "delivery/policy.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "delivery/retry_hint.h"
#include "mail/reply_meaning.h"
#include "model/provider.h"

namespace tocsin {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr seconds kFirstBackOff{300};
constexpr seconds kLongestBackOff{4000};
constexpr minutes kGreylisted{30};
// What a server tells is believed between these.
constexpr minutes kShortestTold{1};
constexpr hours kLongestTold{4};
// After a provider's "too fast" no mail is tried again sooner than the first; where it does not say
// when, the other is the first wait, which doubles.
constexpr seconds kShortestThrottle{1};
constexpr seconds kFirstThrottle{5};

// One attempt with its reply, understood.
struct Answer {
    const Attempt& attempt;
    const SmtpReply& reply;
    const RowHistory& history;
    std::string text;  // the reply's, for the rules
    Meaning meaning;

    bool is(About about) const { return meaning.about == about; }
    // What is said elsewhere is said of the connection, the sender or the command.
    bool speaks_of_address() const {
        return attempt.phase == Phase::kRcpt || attempt.phase == Phase::kEndOfData;
    }
};

// "no such mailbox (5.1.1)"
std::string named(const Answer& answer) {
    const SmtpReply& reply = answer.reply;
    return std::string(answer.meaning.says) + " (" +
           (reply.enhanced.empty() ? std::to_string(reply.code) : reply.enhanced) + ")";
}

std::string roughly(Milliseconds wait) {
    auto whole = [](auto n) { return std::to_string(n.count()); };
    if (wait >= hours(48)) return whole(std::chrono::round<std::chrono::days>(wait)) + " days";
    if (wait > minutes(90)) return whole(std::chrono::round<hours>(wait)) + " h";
    if (wait > seconds(90)) return whole(std::chrono::round<minutes>(wait)) + " min";
    return whole(std::chrono::round<seconds>(wait)) + " s";
}

// What stays at least `wait` when jitter takes a quarter off.
Milliseconds not_sooner(Milliseconds wait) {
    return (wait * 4 + Milliseconds(2)) / 3;
}

// A hint shortens the first wait only: a server that asks for a minute again and again would
// otherwise be asked every minute for two days.
Milliseconds wait_after(const Answer& answer) {
    const int attempts = answer.history.attempts;
    Milliseconds wait = answer.is(About::kBlock) ? kLongestBackOff : back_off(attempts);
    if (auto told = retry_hint(answer.text)) {
        Milliseconds asked =
            not_sooner(std::clamp<Milliseconds>(*told, kShortestTold, kLongestTold));
        return attempts == 0 ? asked : std::max(asked, wait);
    }
    return answer.is(About::kGreylist) ? std::max(not_sooner(kGreylisted), wait) : wait;
}

bool too_late(const Attempt& attempt, const RowHistory& history) {
    return history.first_attempt && attempt.ended - *history.first_attempt > history.give_up_after;
}

std::string gave_up(const RowHistory& history) {
    return ": given up " + roughly(history.give_up_after) + " after the first attempt";
}

// Another try after `wait`, unless it is too late.
Decision retry(const Attempt& attempt, const RowHistory& history, Milliseconds wait,
               const std::string& why) {
    if (too_late(attempt, history)) {
        return {.state = State::kExpired, .said = why + gave_up(history)};
    }
    return {.retry_after = wait, .said = why + ": next try in about " + roughly(wait)};
}

// What else follows from a mail that is tried again.
std::string consequence(const Decision& decision) {
    if (decision.suppress == Decision::Suppress::kSoft) return ", counted as a soft bounce";
    if (decision.stop == Decision::Stop::kGroup) return ", its domain is left alone in this run";
    return decision.throttled ? ", its domain slows down" : "";
}

Decision retry(const Answer& answer) {
    Decision decision = retry(answer.attempt, answer.history, wait_after(answer), named(answer));
    decision.throttled = answer.is(About::kThrottle);
    if (answer.is(About::kBlock)) decision.stop = Decision::Stop::kGroup;
    if (answer.is(About::kFull) && answer.speaks_of_address()) {
        decision.suppress = Decision::Suppress::kSoft;
    }
    if (decision.state == State::kDeferred) decision.said += consequence(decision);
    return decision;
}

Decision reject(const Answer& answer) {
    Decision decision{.state = State::kRejected,
                      .policy_refusal = answer.is(About::kPolicy),
                      .said = named(answer)};
    if (answer.is(About::kNoMailbox) && answer.speaks_of_address()) {
        decision.suppress = Decision::Suppress::kNow;
        decision.said += ": suppressed";
    } else if (answer.is(About::kFull) && answer.speaks_of_address()) {
        decision.suppress = Decision::Suppress::kSoft;
        decision.said += ": counted as a soft bounce";
    } else {
        decision.said += ": the address stays on the list";
    }
    return decision;
}

Decision stop(const Answer& answer) {
    std::string_view says = answer.is(About::kSender) ? answer.meaning.says : kRefusesSender.says;
    return {.state = State::kPlanned,
            .stop = Decision::Stop::kSender,
            .said = std::string(says) + ": " + answer.reply.line()};
}

// What the server refuses before it has seen the address is the sender's, but for what speaks of
// the mail's size or the address's form.
bool refuses_sender(const Answer& answer) {
    const SmtpReply& reply = answer.reply;
    if (answer.is(About::kSender)) return true;
    if (!reply.permanent() || answer.attempt.phase > Phase::kMail) return false;
    return reply.code != 552 && reply.enhanced != "5.3.4" &&
           !(reply.code == 553 && reply.enhanced == "5.6.7");
}

Decision in_doubt(std::string_view why) {
    return {.state = State::kInDoubt, .said = std::string(why) + ": only the server knows"};
}

Decision by_reply(const Answer& answer) {
    if (refuses_sender(answer)) return stop(answer);
    if (answer.reply.transient() || answer.is(About::kBlock)) return retry(answer);
    if (answer.reply.permanent()) return reject(answer);
    if (answer.attempt.phase == Phase::kEndOfData)
        return in_doubt("no final answer to the end of data");
    return retry(answer.attempt, answer.history, wait_after(answer),
                 "the server's answer does not fit the command");
}

// What a provider tells is said of the account, not of one receiver: this mail is not to blame, and
// waits no longer than it must.
Milliseconds wait_after_throttle(const Attempt& attempt, const RowHistory& history) {
    if (attempt.retry_after)
        return std::max<Milliseconds>(not_sooner(*attempt.retry_after), kShortestThrottle);
    const Milliseconds doubled = kFirstThrottle * (1 << std::clamp(history.attempts, 0, 10));
    return std::min(doubled, back_off(history.attempts));
}

Milliseconds wait_after_later(const Attempt& attempt, const RowHistory& history) {
    const Milliseconds told = not_sooner(attempt.retry_after.value_or(Milliseconds(0)));
    if (attempt.retry_after && history.attempts == 0) return told;
    return std::max(told, back_off(history.attempts));
}

std::string provider_of(const Attempt& attempt) {
    return attempt.provider ? std::string(title(*attempt.provider)) : "the provider";
}

// What to do about an account that is refused, by the status alone.
std::string account_hint(const Attempt& attempt) {
    const int status = attempt.reply ? attempt.reply->code : 0;
    const std::string who = provider_of(attempt);
    if (status == 401 || status == 403) {
        const std::string keys(attempt.provider ? key_names(*attempt.provider) : "the key");
        return "check " + keys + " of this transport in tocsin.yaml, and with " + who +
               " what the key and the account may do";
    }
    if (status == 420 || status == 429) {
        return "the account's quota is spent: go on when " + who + " renews it, or raise it there";
    }
    return "compare this transport in tocsin.yaml with the account at " + who +
           ": sender, domain, plan and credit";
}

Decision refused_account(const Attempt& attempt) {
    const std::string said = attempt.reply ? attempt.reply->line() : attempt.error;
    return {.state = State::kPlanned,
            .stop = Decision::Stop::kSender,
            .said = provider_of(attempt) + " refuses our account: " + said,
            .hint = account_hint(attempt)};
}

// Nothing of a provider's words is interpreted here: each one's file has done so.
Decision judge(const Attempt& attempt, const RowHistory& history) {
    switch (*attempt.verdict) {
        case ProviderVerdict::kAccepted:
            return {.state = State::kAccepted, .said = ""};
        case ProviderVerdict::kRefused:
            return {
                .state = State::kRejected,
                .said = provider_of(attempt) + " refuses this mail: the address stays on the list"};
        case ProviderVerdict::kLater:
            return retry(attempt, history, wait_after_later(attempt, history),
                         provider_of(attempt) + " cannot take it now");
        case ProviderVerdict::kThrottled:
            return retry(attempt, history, wait_after_throttle(attempt, history),
                         provider_of(attempt) + " wants us to go slower");
        case ProviderVerdict::kAccount:
            return refused_account(attempt);
        case ProviderVerdict::kUnclear:
            break;
    }
    return {.state = State::kInDoubt,
            .said = "no clear answer to the request: only " + provider_of(attempt) + " knows"};
}

// A pause may be told with any answer, an acceptance too.
Decision by_verdict(const Attempt& attempt, const RowHistory& history) {
    Decision decision = judge(attempt, history);
    const Milliseconds told = attempt.retry_after.value_or(Milliseconds(0));
    if (told > kShortPause) decision.pause_all = told;
    return decision;
}

}  // namespace

Milliseconds back_off(int attempts) {
    // 300 × 2^4 is past the longest already.
    return std::min<Milliseconds>(kLongestBackOff,
                                  kFirstBackOff * (1 << std::clamp(attempts, 0, 4)));
}

Milliseconds with_jitter(Milliseconds wait, double roll) {
    return Milliseconds(
        static_cast<long long>(static_cast<double>(wait.count()) * (0.75 + roll / 2)));
}

Decision decide(const Attempt& attempt, const RowHistory& history) {
    if (attempt.verdict) return by_verdict(attempt, history);
    const bool at_end = attempt.phase == Phase::kEndOfData;
    if (attempt.reply) {
        if (at_end && attempt.reply->positive()) return {.state = State::kAccepted, .said = ""};
        std::string text = rule_text(attempt.reply->text);
        Meaning meaning = meaning_of(*attempt.reply, text);
        return by_reply({attempt, *attempt.reply, history, std::move(text), meaning});
    }
    if (at_end) return in_doubt("no answer to the end of data");
    // A MAIL that was never sent: the server lacks what this message needs (model/attempt.h).
    if (attempt.phase == Phase::kMail) return {.state = State::kRejected, .said = attempt.error};
    return retry(attempt, history, back_off(history.attempts), "no answer");
}

}  // namespace tocsin
