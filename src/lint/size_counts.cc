#include "lint/size_counts.h"

#include <algorithm>
#include <bit>

namespace tocsin {

// Small sizes have a step each; above, the first bits below the highest choose one.
std::size_t SizeCounts::step_of(std::uint32_t bytes) {
    const auto width = static_cast<unsigned>(std::bit_width(bytes));
    if (width <= kStepBits) return bytes;
    const unsigned octave = width - kStepBits;
    const std::uint32_t below = (bytes >> (octave - 1)) & ((1u << kStepBits) - 1);
    return (static_cast<std::size_t>(octave) << kStepBits) + below;
}

std::size_t SizeCounts::middle_of(std::size_t step) {
    const std::size_t octave = step >> kStepBits;
    if (octave == 0) return step;
    const std::size_t below = step & ((1u << kStepBits) - 1);
    const std::size_t width = std::size_t{1} << (octave - 1);
    return ((std::size_t{1} << kStepBits) + below) * width + width / 2;
}

void SizeCounts::add(std::uint32_t bytes) {
    ++count_;
    smallest_ = std::min(smallest_, bytes);
    largest_ = std::max(largest_, bytes);
    ++counts_[step_of(bytes)];
}

std::size_t SizeCounts::median() const {
    if (count_ == 0) return 0;
    std::size_t before = 0;
    for (std::size_t step = 0; step < counts_.size(); ++step) {
        before += counts_[step];
        if (2 * before < count_) continue;
        return std::clamp(middle_of(step), smallest(), largest());
    }
    return largest_;
}

}  // namespace tocsin
