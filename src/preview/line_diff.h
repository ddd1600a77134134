// What differs between two texts, line by line and, within a line, word by word.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

// One element of an edit script: of the earlier text, of the later one, or of both.
struct Edit {
    enum class Kind { kBoth, kRemoved, kAdded };
    Kind kind = Kind::kBoth;
    std::string text;
    friend bool operator==(const Edit&, const Edit&) = default;
};

// A shortest edit script (Wu, Manber, Myers, Miller: "An O(NP) Sequence Comparison Algorithm").
std::vector<Edit> edit_script(const std::vector<std::string>& then,
                              const std::vector<std::string>& now);

// Without line ends. A text without a line end at its end has the same lines as with one.
std::vector<std::string> lines_of(std::string_view text);

// Hunks as `diff -U3` writes them; empty where nothing differs. `colour` adds ANSI colours, and
// marks the words that changed in lines that took each other's place. Control characters are shown
// as `?`.
std::string unified_diff(const std::vector<std::string>& then, const std::vector<std::string>& now,
                         bool colour);

}  // namespace tocsin
