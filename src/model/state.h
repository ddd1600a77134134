// States of one recipient in one campaign (docs/delivery.md), and their names in `--json`.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace tocsin {

// The numbers are stored in ledgers: append, never renumber.
enum class State {
    kPlanned = 0,
    kSkipped = 1,
    kSending = 2,  // durable intent: the end of data may have gone out
    kAccepted = 3,
    kDeferred = 4,  // definitely not accepted; retried
    kRejected = 5,
    kInDoubt = 6,  // may have been accepted; held
    kExpired = 7,
};
inline constexpr std::size_t kStates = 8;

enum class SkipReason {
    kNone = 0,
    kSuppressed = 1,
    kExcluded = 2,
    kInvalid = 3,
    kBroken = 4,
    kCancelled = 5,
};
inline constexpr std::size_t kSkipReasons = 6;

std::string_view name(State state);
std::string_view name(SkipReason reason);

// How many recipients of a campaign are in which state. The identity that every report checks:
// total = the sum over the states.
struct Counts {
    std::size_t total = 0;
    std::array<std::size_t, kStates> states{};
    std::array<std::size_t, kSkipReasons> skipped{};
    std::size_t duplicates = 0;  // rows beside the total

    std::size_t of(State state) const { return states[static_cast<std::size_t>(state)]; }
    std::size_t of(SkipReason reason) const { return skipped[static_cast<std::size_t>(reason)]; }
    bool adds_up() const;
    // Nothing more will happen to anybody without the user's decision.
    bool finished() const {
        return of(State::kPlanned) + of(State::kSending) + of(State::kDeferred) == 0;
    }
};

}  // namespace tocsin
