// Turns nodes into the values that templates see.
#pragma once

#include "campaign/node.h"
#include "model/value.h"

namespace tocsin {

// A scalar as data: plain `true` and `false` are truth values, null is null, all else is text as
// written.
Value scalar_value(const YamlNode& yaml);

// Any document, as it is.
Value any_value(const YamlNode& yaml);

// `data` of a campaign: a map, and every key in it one that a template can name. An empty value is
// a finding (`~` says "nothing" on purpose); a plain `no` or `False` is a warning, because text
// that is not empty counts as true.
Value read_data_map(const Node& node);

// Checks the name of a member of `data` or `fallbacks`: templates must be able to name it, and no
// built-in field has it.
void check_merge_field(const Node& member, const std::string& key);

}  // namespace tocsin
