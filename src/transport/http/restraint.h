// How many requests may be under way, and not before when the next may begin, by what the provider
// has answered and whether it could be reached. Pure; times are since boot.
#pragma once

#include <algorithm>
#include <cstddef>

#include "transport/http/limits.h"

namespace tocsin {

class Restraint {
  public:
    Restraint(std::size_t requests, const HttpLimits& limits)
        : most_(requests), allowed_(requests), limits_(limits) {}

    // Requests at once. One where the last came to nothing: one outage is then one failure, not
    // ten.
    std::size_t allowed() const { return unreached_.row + unclear_.row > 0 ? 1 : allowed_; }
    Milliseconds not_before() const { return std::max(not_before_, trouble_until_); }
    // It waits for longer than messages are kept waiting for.
    bool long_pause(Milliseconds now) const { return now < long_until_; }

    // An answer came, of whatever kind; `pause`: what it says, or zero.
    void answered(Milliseconds pause, Milliseconds now);
    // Of a request that began then: "too fast", or "not now".
    void throttled(Milliseconds begun, Milliseconds pause, Milliseconds now);
    // It said clearly what became of all messages: trouble with others need not be waited out.
    void went_well();
    // Of a request that began then: it could not be made. True: nor can others.
    bool failed(Milliseconds begun, Milliseconds now);
    // Nobody knows what became of it. True: nor would they of others.
    bool doubtful(Milliseconds begun, Milliseconds now);
    // After either of them.
    void start_anew() { unreached_ = unclear_ = {}; }

    static constexpr int kSuccessesToGrow = 20;

  private:
    // What has gone wrong without a success in between. Requests that were under way together count
    // as one.
    struct Trouble {
        int row = 0;
        Milliseconds last{-1};
    };
    bool note(Trouble& trouble, Milliseconds begun, Milliseconds now);
    void pause(Milliseconds wait, Milliseconds now);

    std::size_t most_;
    std::size_t allowed_;
    const HttpLimits limits_;
    Milliseconds not_before_{};     // by what the provider says
    Milliseconds trouble_until_{};  // by what has gone wrong
    Milliseconds long_until_{};
    Milliseconds slowed_{-1};  // when it was last throttled
    Trouble unreached_, unclear_;
    int successes_ = 0;
};

}  // namespace tocsin
