// A YAML document as a small tree: scalars as written, with the place of every key and value.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tocsin {

struct YamlMember;

struct YamlNode {
    enum class Kind { kNull, kText, kList, kMap };
    enum class Style { kPlain, kQuoted, kBlock };

    Kind kind = Kind::kNull;
    Style style = Style::kPlain;  // of a text
    bool written = true;          // a null that is written (`~`, `null`), not merely nothing
    bool broken = false;          // a finding says what is wrong with it: readers add no second one
    bool flow = false;            // a list or map in `[]` or `{}`
    std::size_t offset = 0;       // of the quote, the `|`, the bracket, or the first key or item
    std::string text;
    std::vector<YamlNode> items;
    std::vector<YamlMember> members;  // keys are unique

    const YamlMember* find(const std::string& key) const;
};

struct YamlMember {
    std::string key;
    std::size_t offset = 0;
    YamlNode value;
};

}  // namespace tocsin
