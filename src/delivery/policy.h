// What follows from an attempt: the one file that decides between accepted, retry, rejected, in
// doubt and "stop the run". Mechanism (transport/) reports facts; nothing else in the program
// interprets a reply.
#pragma once

#include <optional>
#include <string>

#include "model/attempt.h"
#include "model/state.h"

namespace tocsin {

struct Decision {
    State state = State::kDeferred;
    // Of kDeferred: how long to wait at least. Before jitter.
    Milliseconds retry_after{};
    // The fault is the sender's (login, sender address, DKIM, SPF): the run must stop, no recipient
    // is charged: the row goes back to `planned`.
    bool stop_run = false;
    std::string reason;  // one sentence for the user where it is not plain from the reply
};

struct RowHistory {
    int attempts = 0;                       // before this one
    std::optional<WallTime> first_attempt;  // unset: this is the first
};

Decision decide(const Attempt& attempt, const RowHistory& history);

// min(4000 s, 300 s × 2^attempts)
Milliseconds back_off(int attempts);

// `wait` ± 25 %, from `roll` in [0, 1).
Milliseconds with_jitter(Milliseconds wait, double roll);

}  // namespace tocsin
