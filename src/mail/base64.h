// Base64, RFC 2045 section 6.8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

// Without line ends: for encoded words.
void append_base64(std::string& out, std::string_view bytes);
// In lines of 76 characters, separated by CR LF: for bodies.
void append_base64_lines(std::string& out, std::string_view bytes);

// Only what `append_base64` makes, with or without its padding: nothing for line ends, other
// characters, or spare bits that are not zero.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace tocsin
