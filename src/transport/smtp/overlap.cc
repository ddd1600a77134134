#include "transport/smtp/overlap.h"

namespace tocsin {

bool Overlap::may(const Dialogue& dialogue) {
    if (!dialogue.can_overlap() || state_ == State::kBroken) return false;
    if (state_ == State::kProved) return true;
    if (trying_ == nullptr) trying_ = &dialogue;
    return trying_ == &dialogue;
}

bool Overlap::learn(const Dialogue& dialogue) {
    if (dialogue.overlap_broke() && state_ == State::kUntried) {
        state_ = State::kBroken;
        return true;
    }
    if (dialogue.overlap_proved() && state_ == State::kUntried) {
        state_ = State::kProved;
        return true;
    }
    if (!dialogue.closed() || trying_ != &dialogue) return false;
    trying_ = nullptr;  // another one tries
    return true;
}

}  // namespace tocsin
