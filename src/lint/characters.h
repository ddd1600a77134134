// Texts as people count and read them: characters, not bytes.
#pragma once

#include <cstddef>
#include <string_view>

namespace tocsin {

// Of well-formed UTF-8: code points.
std::size_t characters(std::string_view text);

// Whether there are capitals enough to be words (eight), and no small letter: Latin, Greek or
// Cyrillic. Scripts without case never shout.
bool is_shouting(std::string_view text);

}  // namespace tocsin
