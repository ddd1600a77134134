// Parses YAML strictly: what yaml-cpp accepts and we do not (duplicate keys, anchors, aliases,
// merge keys, tags, a second document, quotes left open) is a finding, and the rest is still read.
#pragma once

#include <optional>

#include "base/diagnostic.h"
#include "campaign/yaml_tree.h"

namespace tocsin {

// Deeper nesting than any file of ours needs; yaml-cpp itself gives up at 500.
inline constexpr std::size_t kDeepestYaml = 64;

struct YamlDocument {
    YamlNode root;           // null for a file without content
    bool swallowed = false;  // a quote left open took in lines below it: keys may seem missing
};

// `source` went through clean_source. Nothing is returned after a syntax error.
std::optional<YamlDocument> parse_yaml(const SourceText& source, Findings& findings);

}  // namespace tocsin
