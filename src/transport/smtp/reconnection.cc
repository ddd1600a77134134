#include "transport/smtp/reconnection.h"

#include <algorithm>

namespace tocsin {
namespace {

constexpr std::chrono::seconds kCrowdedPause{10};

}  // namespace

void Reconnection::connected(std::size_t live) {
    connected_ = true;
    allowed_ = std::max(allowed_, live);
}

void Reconnection::proved() {
    proved_ = true;
    failures_ = 0;
    not_before_ = Milliseconds(0);
}

bool Reconnection::failed(ConnectFailure::Kind kind, std::size_t live, Milliseconds now) {
    using Kind = ConnectFailure::Kind;
    if (kind == Kind::kSettings) return true;
    if (kind == Kind::kUnreachable && !connected_) return true;
    if (live > 0) {
        allowed_ = live;
        crowded_until_ = now + kCrowdedPause;
        return false;
    }
    ++failures_;
    auto pause =
        failures_ < 2 ? std::chrono::seconds(0) : std::chrono::seconds(1 << (failures_ - 2));
    not_before_ = now + pause;
    return failures_ >= (proved_ ? kMostFailures : kMostFirstFailures);
}

std::size_t Reconnection::most(std::size_t agreed, Milliseconds now) const {
    return now < crowded_until_ ? std::min(agreed, allowed_) : agreed;
}

void Reconnection::start_anew() {
    failures_ = 0;
    not_before_ = Milliseconds(0);
}

}  // namespace tocsin
