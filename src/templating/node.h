// A template as the loader leaves it: no comments, no delimiters, no standalone lines, partials
// expanded. Every node knows where it was written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace tocsin::templating {

// Where a tag begins: a file of `Sources`, line and column from 1.
struct Spot {
    std::size_t file = 0;
    int line = 0;
    int column = 0;

    friend bool operator<(const Spot& a, const Spot& b) {
        return std::tie(a.file, a.line, a.column) < std::tie(b.file, b.line, b.column);
    }
};

enum class NodeKind {
    kText,       // as it stands
    kVariable,   // {{name}}
    kUnescaped,  // {{{name}}}, {{&name}}
    kSection,    // {{#name}} children {{/name}}
    kInverted,   // {{^name}} children {{/name}}
    kPartial,    // {{> name}}; gone after expansion
};

// The parts of a dotted name; `.` has none.
using Path = std::vector<std::string>;

struct Node {
    NodeKind kind = NodeKind::kText;
    std::string text;  // the text, or the name as it was written
    Path path;         // of variables and sections
    // Of a partial alone on its line; of text in such a partial: what was put before its lines.
    std::string indent;
    Spot spot;
    std::vector<Node> children;
};

// The deepest that sections and partials may nest, each by itself and after expansion.
inline constexpr std::size_t kDeepestNesting = 100;

}  // namespace tocsin::templating
