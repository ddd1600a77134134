// What a server says, and what is decided upon it. The first byte of the input is the phase and the
// number of attempts before, the rest are the bytes of replies.
#include <cstdint>
#include <cstdlib>

#include "delivery/policy.h"

using namespace tocsin;

namespace {

void demand(bool holds) {
    if (!holds) std::abort();
}

void check(const Attempt& attempt, const Decision& decision) {
    const SmtpReply& reply = *attempt.reply;
    const bool at_end = attempt.phase == Phase::kEndOfData;
    demand((decision.state == State::kAccepted) == (at_end && reply.positive()));
    demand(decision.state != State::kInDoubt || at_end);
    if (decision.state == State::kDeferred) {
        demand(decision.retry_after >= std::chrono::minutes(1));
        demand(decision.retry_after <= std::chrono::hours(6));
    }
    if (decision.suppress == Decision::Suppress::kNow) {
        demand(decision.state == State::kRejected && reply.permanent());
        demand(at_end || attempt.phase == Phase::kRcpt);
    }
    demand(decision.stop != Decision::Stop::kSender || decision.state == State::kPlanned);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    Attempt attempt;
    attempt.phase = static_cast<Phase>(data[0] % 6);
    SmtpReplyParser parser;
    parser.feed({reinterpret_cast<const char*>(data) + 1, size - 1});
    while (auto reply = parser.next()) {
        attempt.reply = std::move(reply);
        check(attempt, decide(attempt, {data[0] / 6, WallTime{}}));
    }
    return 0;
}
