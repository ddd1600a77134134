#include "cli/speedometer.h"

#include <algorithm>

namespace tocsin {
namespace {

constexpr std::chrono::seconds kBetweenSamples{1};
constexpr std::chrono::seconds kShortestView{3};
constexpr std::chrono::seconds kView{20};
constexpr std::chrono::minutes kLongestView{10};
constexpr std::size_t kEnough = 10;
constexpr std::size_t kFewest = 2;

}  // namespace

void Speedometer::add(Milliseconds now, std::size_t count) {
    // A count that shrinks (a deferred row that was cancelled) is no event.
    latest_ = {now, std::max(count, latest_.count)};
    if (samples_.empty() || now - samples_.back().time >= kBetweenSamples) {
        samples_.push_back(latest_);
    }
    // The second-oldest is what would be looked back to.
    while (samples_.size() > 1 && old_enough(samples_[1])) samples_.pop_front();
}

bool Speedometer::old_enough(const Sample& sample) const {
    Milliseconds age = latest_.time - sample.time;
    return age >= kLongestView || (age >= kView && latest_.count - sample.count >= kEnough);
}

std::optional<double> Speedometer::per_second() const {
    if (samples_.empty()) return std::nullopt;
    Milliseconds span = latest_.time - samples_.front().time;
    std::size_t events = latest_.count - samples_.front().count;
    if (span < kShortestView || events < kFewest) return std::nullopt;
    return static_cast<double>(events) * 1000.0 / static_cast<double>(span.count());
}

}  // namespace tocsin
