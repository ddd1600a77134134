// Which of the waiting mails gets which slot: a schedule that is exact, to hold the book against.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "delivery/rates/rate_book.h"

namespace tocsin {

struct Grant {
    std::size_t candidate = 0;  // index
    Microseconds slot{};        // the mail may begin then, and not sooner (pacer.h)
};

struct HandOut {
    std::vector<Grant> grants;  // in the order of their slots
    // The earliest slot that one of those who got none could have had; nothing where all got one.
    std::optional<Microseconds> next;
};

// Gives out up to `most` slots that are not later than `until`. `candidates` are the groups of the
// mails that wait, the first come first. Each slot goes to whoever can take it soonest, and among
// those to the first: a slow group holds up nobody, and when nobody else is left, the slots are
// spaced by the slow group's own limits.
//
// Whoever wants no gaps asks again before the last slot has come, and kNearlyDue before `next`.
// 200 ms are far enough for `until`: what one process has reserved, no other can use.
HandOut hand_out(RateBook& book, std::span<const GroupId> candidates, std::size_t most,
                 const Moment& now, Microseconds until);

}  // namespace tocsin
