// What follows from an attempt: the one file that decides between accepted, retry, rejected, in
// doubt and "stop the run", and what a reply says of the address and of the sender. Mechanism
// (transport/) reports facts; nothing else in the program interprets a reply. The rules are two
// tables in policy.cc; docs/delivery.md explains them.
#pragma once

#include <optional>
#include <string>

#include "model/attempt.h"
#include "model/state.h"

namespace tocsin {

struct Decision {
    State state = State::kDeferred;
    // Of kDeferred: how long to wait. Before jitter, which never makes it sooner than the server
    // told.
    Milliseconds retry_after{};

    // What the reply says of the address. kNow: it takes no mail any more, a "bounce" for
    // everything; only after a definite 5xx at RCPT or end of data. kSoft: full or too small; the
    // third mailing in a row suppresses.
    enum class Suppress { kNo, kNow, kSoft } suppress = Suppress::kNo;

    // kSender: the fault is the sender's (login, address, SPF, DKIM): the run ends with 69, nobody
    // is charged, the row goes back to `planned`. kGroup: this receiving group blocks our server:
    // it gets nothing more in this run, the others go on.
    enum class Stop { kNo, kSender, kGroup } stop = Stop::kNo;

    bool throttled = false;  // the receiving group wants less: it slows down
    // A provider wants this account to send nothing at all for so long, and it is longer than the
    // transport waits by itself (kShortPause); zero: it may go on.
    Milliseconds pause_all{};
    bool policy_refusal = false;  // refused as spam or by policy: counted (delivery/policy_pause.h)

    // One sentence for `explain`, or of kSender for the end of the run: "no such mailbox (5.1.1):
    // suppressed". Empty where the state says it all.
    std::string said;
    std::string hint{};  // of kSender: what the user can do, or empty
};

struct RowHistory {
    int attempts = 0;                       // before this one
    std::optional<WallTime> first_attempt;  // unset: this is the first
    Milliseconds give_up_after = std::chrono::hours(48);
};

Decision decide(const Attempt& attempt, const RowHistory& history);

// min(4000 s, 300 s × 2^attempts)
Milliseconds back_off(int attempts);

// `wait` ± 25 %, from `roll` in [0, 1).
Milliseconds with_jitter(Milliseconds wait, double roll);

}  // namespace tocsin
