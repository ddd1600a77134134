#include "delivery/policy.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace tocsin {
namespace {

using std::chrono::seconds;

constexpr seconds kFirstBackOff{300};
constexpr seconds kLongestBackOff{4000};
constexpr std::chrono::hours kGiveUpAfter{48};

// Enhanced codes that speak of the sender, whatever the phase: its address, its login, its SPF,
// DKIM, DMARC, PTR or TLS. Ranges of the last number, both ends included.
struct CodeRange {
    std::string_view subject;  // class and subject
    int first, last;
};
constexpr std::array<CodeRange, 7> kSenderCodes = {{
    {"5.1.", 7, 8},
    {"5.7.", 13, 13},
    {"5.7.", 20, 32},
    {"5.7.", 40, 40},
    {"5.7.", 515, 515},
    {"4.7.", 23, 32},
    {"5.7.", 8, 9},
}};

bool is_code(std::string_view enhanced, const CodeRange& range) {
    if (!enhanced.starts_with(range.subject)) return false;
    int detail = 0;
    for (char c : enhanced.substr(range.subject.size())) detail = detail * 10 + (c - '0');
    return detail >= range.first && detail <= range.last;
}

bool blames_sender(const SmtpReply& reply) {
    return std::any_of(kSenderCodes.begin(), kSenderCodes.end(),
                       [&](const CodeRange& range) { return is_code(reply.enhanced, range); });
}

// A refusal of MAIL is the sender's, but for what speaks of the message's size or the address's
// form.
bool blames_message(const SmtpReply& reply) {
    return reply.code == 552 || reply.enhanced == "5.3.4" ||
           (reply.code == 553 && reply.enhanced == "5.6.7");
}

Decision retry(const RowHistory& history, WallTime now, std::string reason = "") {
    if (history.first_attempt && now - *history.first_attempt > kGiveUpAfter) {
        return {State::kExpired, {}, false, "gave up after two days"};
    }
    return {State::kDeferred, back_off(history.attempts), false, std::move(reason)};
}

Decision stop(std::string reason) {
    return {State::kPlanned, {}, true, std::move(reason)};
}

Decision by_reply(const Attempt& attempt, const RowHistory& history) {
    const SmtpReply& reply = *attempt.reply;
    if (blames_sender(reply)) return stop("the server refuses this sender: " + reply.line());
    if (reply.transient()) return retry(history, attempt.ended);
    bool refused_mail = attempt.phase == Phase::kMail && reply.permanent();
    if (refused_mail && !blames_message(reply)) {
        return stop("the server refuses this sender: " + reply.line());
    }
    if (reply.permanent()) return {State::kRejected, {}, false, ""};
    if (reply.positive() && attempt.phase == Phase::kEndOfData)
        return {State::kAccepted, {}, false, ""};
    return retry(history, attempt.ended, "the server's answer does not fit the command");
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
    if (attempt.reply) return by_reply(attempt, history);
    if (attempt.phase == Phase::kEndOfData) {
        return {
            State::kInDoubt, {}, false, "no answer after the end of data: only the server knows"};
    }
    // A MAIL that was never sent: the server lacks what this message needs (model/attempt.h).
    if (attempt.phase == Phase::kMail) return {State::kRejected, {}, false, attempt.error};
    return retry(history, attempt.ended);
}

}  // namespace tocsin
