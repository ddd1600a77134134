// What yaml-cpp does not tell about a scalar, read from the source itself.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/diagnostic.h"
#include "campaign/yaml_tree.h"

namespace tocsin {

// The offset behind the closing quote of the quoted scalar at `offset`, or nothing where it is
// never closed.
std::optional<std::size_t> end_of_quoted(std::string_view source, std::size_t offset);

// Whether the quoted scalar at `offset` closes on the line where it opens.
bool closes_on_its_line(std::string_view source, std::size_t offset);

// The quote that begins a value at or after `from` and is never closed.
std::optional<std::size_t> unclosed_quote(std::string_view source, std::size_t from);

// Where the first character of a text stands: behind the quote, or below the `|`. Where the text
// does not stand there as it is (escapes, folded lines), the start of the value.
std::size_t text_offset(std::string_view source, const YamlNode& node);

}  // namespace tocsin
