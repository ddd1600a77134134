// Finds the tags of one template text, with the delimiters that hold at each.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::templating {

// A syntax error at a byte of the text.
struct Problem {
    std::size_t offset = 0;
    std::string id;
    std::string message;
    std::string hint;
};

enum class TagKind {
    kVariable,
    kUnescaped,
    kSection,
    kInverted,
    kClose,
    kPartial,
    kComment,
    kDelimiters,
};

struct Tag {
    TagKind kind = TagKind::kVariable;
    std::size_t begin = 0;  // of the opening delimiter
    std::size_t end = 0;    // past the closing one
    std::string_view name;  // into the text; empty for comments and delimiters
};

// The tags in their order. A tag that is wrong becomes a problem and is left out; scanning goes on
// behind it.
std::vector<Tag> scan_tags(std::string_view text, std::vector<Problem>& problems);

}  // namespace tocsin::templating
