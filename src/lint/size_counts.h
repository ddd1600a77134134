// Sizes of any number of mails in the memory of a few thousand counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace tocsin {

class SizeCounts {
  public:
    void add(std::uint32_t bytes);

    std::size_t count() const { return count_; }
    std::size_t smallest() const { return count_ == 0 ? 0 : smallest_; }
    std::size_t largest() const { return largest_; }
    // Less than 1 % off.
    std::size_t median() const;

  private:
    // Each power of two is divided into as many steps.
    static constexpr unsigned kStepBits = 6;
    static std::size_t step_of(std::uint32_t bytes);
    static std::size_t middle_of(std::size_t step);

    std::vector<std::size_t> counts_ = std::vector<std::size_t>((33 - kStepBits) << kStepBits);
    std::size_t count_ = 0;
    std::uint32_t smallest_ = UINT32_MAX;
    std::uint32_t largest_ = 0;
};

}  // namespace tocsin
