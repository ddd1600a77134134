// Base64, RFC 2045 section 6.8.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

// Without line ends: for encoded words.
void append_base64(std::string& out, std::string_view bytes);
// In lines of 76 characters, separated by CR LF: for bodies.
void append_base64_lines(std::string& out, std::string_view bytes);

}  // namespace tocsin
