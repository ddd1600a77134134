// Parameters of MIME headers: RFC 2045 section 5.1, and RFC 2231 for what is long or not ASCII.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

// `; name="value"`. A value beyond ASCII comes twice: percent-encoded in UTF-8, in pieces
// (`name*0*=`) where it is long, and then as an ASCII likeness for old readers; readers that know
// both tend to take the first. `value` is UTF-8 without control characters.
std::string mime_parameter(std::string_view name, std::string_view value);

}  // namespace tocsin
