#include "transport/http/restraint.h"

#include <algorithm>

namespace tocsin {

void Restraint::pause(Milliseconds wait, Milliseconds now) {
    not_before_ = std::max(not_before_, now + wait);
    if (wait > limits_.short_pause) long_until_ = std::max(long_until_, now + wait);
}

void Restraint::answered(Milliseconds wait, Milliseconds now) {
    unreached_ = {};
    if (wait > Milliseconds(0)) pause(wait, now);
}

// Requests that were under way together are refused together: that is one word, not several.
void Restraint::throttled(Milliseconds begun, Milliseconds wait, Milliseconds now) {
    unclear_ = {};
    if (wait == Milliseconds(0)) pause(limits_.untold_pause, now);
    successes_ = 0;
    if (begun <= slowed_) return;
    slowed_ = now;
    allowed_ = std::max<std::size_t>(1, allowed_ / 2);
}

void Restraint::went_well() {
    unclear_ = {};
    trouble_until_ = {};
    if (allowed_ == most_ || ++successes_ < kSuccessesToGrow) return;
    successes_ = 0;
    ++allowed_;
}

bool Restraint::note(Trouble& trouble, Milliseconds begun, Milliseconds now) {
    if (begun > trouble.last) ++trouble.row;
    trouble.last = now;
    trouble_until_ = std::max(trouble_until_, now + trouble.row * limits_.connect_again);
    return trouble.row >= limits_.most_failures;
}

bool Restraint::failed(Milliseconds begun, Milliseconds now) {
    return note(unreached_, begun, now);
}

bool Restraint::doubtful(Milliseconds begun, Milliseconds now) {
    return note(unclear_, begun, now);
}

}  // namespace tocsin
