#include "delivery/breaker.h"

#include "base/text.h"

namespace tocsin {

void CircuitBreaker::accepted() {
    if (tripped_) return;
    ++answers_;
    in_a_row_ = 0;
    judge();
}

void CircuitBreaker::rejected() {
    if (tripped_) return;
    ++answers_;
    ++rejected_;
    ++in_a_row_;
    judge();
}

void CircuitBreaker::judge() {
    const bool share = answers_ >= enough() &&
                       rejected_ * 100 >= answers_ * static_cast<std::size_t>(limits_.percent);
    const bool all = rejected_ == answers_ && answers_ >= kAllRejected;
    tripped_ = rejected_ > 0 && (share || all || in_a_row_ >= enough());
}

std::string CircuitBreaker::reason() const {
    if (!tripped_) return "";
    return "breaker: " + grouped(rejected_) + " of " + grouped(answers_) + " rejected";
}

}  // namespace tocsin
