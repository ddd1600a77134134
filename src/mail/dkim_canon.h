// The `relaxed` forms of DKIM, RFC 6376 section 3.4: what is signed instead of the bytes
// themselves, so that a relay which changes blanks or folds a line does not break a signature.
//
// A line ends with CR LF. A bare CR or LF is a byte like any other; our messages hold none.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

// What stands before the colon, without blanks at its end.
std::string_view field_name(std::string_view field);

// Section 3.4.2. `field` is a whole header field, folded or not, with or without its last CR LF;
// what is appended ends with CR LF.
void append_relaxed_field(std::string& out, std::string_view field);

// Section 3.4.4. Empty for a body of blank lines only.
std::string relaxed_body(std::string_view body);

}  // namespace tocsin
