#include "transport/smtp/overlap.h"

namespace tocsin {

Dialogue::MayOverlap Overlap::may(const Dialogue& dialogue) {
    using May = Dialogue::MayOverlap;
    if (!dialogue.can_overlap() || state_ == State::kBroken) return May::kNo;
    if (state_ == State::kProved) return May::kYes;
    if (trying_ == nullptr) trying_ = &dialogue;
    return trying_ == &dialogue ? May::kTry : May::kNo;
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
