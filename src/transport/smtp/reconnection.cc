#include "transport/smtp/reconnection.h"

namespace tocsin {
namespace {

constexpr std::chrono::seconds kCrowdedPause{10};

}  // namespace

void Reconnection::proved() {
    proved_ = true;
    failures_ = 0;
    not_before_ = Milliseconds(0);
}

bool Reconnection::failed(ConnectFailure::Kind kind, bool others_live, Milliseconds now) {
    using Kind = ConnectFailure::Kind;
    if (kind == Kind::kSettings) return true;
    if (kind == Kind::kUnreachable && !connected_) return true;
    if (others_live) {
        not_before_ = now + kCrowdedPause;
        return false;
    }
    ++failures_;
    auto pause =
        failures_ < 2 ? std::chrono::seconds(0) : std::chrono::seconds(1 << (failures_ - 2));
    not_before_ = now + pause;
    return failures_ >= (proved_ ? kMostFailures : kMostFirstFailures);
}

void Reconnection::start_anew() {
    failures_ = 0;
    not_before_ = Milliseconds(0);
}

}  // namespace tocsin
