// Text of any charset to UTF-8.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

// Valid UTF-8 with LF and without NUL, whatever comes in: bytes that the charset does not have are
// left out, and text without a charset, or of an unknown one, is UTF-8 if it can be and else
// Latin-1.
std::string to_utf8(std::string_view bytes, std::string_view charset);

}  // namespace tocsin
