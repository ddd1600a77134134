// What the rules measure against (docs/lint.md).
#pragma once

#include <cstddef>
#include <cstdint>

namespace tocsin {

// Phones show about this many characters of a subject.
inline constexpr std::uint32_t kLongestSubject = 60;
// Gmail clips at about 102 KB of HTML.
inline constexpr std::uint32_t kLargestHtml = 100 * 1024;

}  // namespace tocsin
