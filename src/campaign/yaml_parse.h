// Parses YAML strictly: what yaml-cpp accepts and we do not (duplicate keys, anchors, aliases,
// merge keys, tags, a second document, quotes left open) is a finding, and the rest is still read.
#pragma once

#include "base/diagnostic.h"
#include "campaign/yaml_tree.h"

namespace tocsin {

// Deeper nesting than any file of ours needs; yaml-cpp itself gives up at 500.
inline constexpr std::size_t kDeepestYaml = 64;

struct YamlDocument {
    YamlNode root;      // null for a file without content
    bool whole = true;  // false after a syntax error, or a quote left open: keys may be missing
};

// `source` went through clean_source. After a syntax error, what stands before it is returned.
YamlDocument parse_yaml(const SourceText& source, Findings& findings);

}  // namespace tocsin
