// Quoted-printable, RFC 2045 section 6.7.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

// Appends `text` in lines of at most 76 characters, all ended by CR LF but perhaps the last. CR LF,
// LF and CR each end one line of the text. Beyond what must be encoded, so are a leading `.` and a
// leading `From `, which careless relays alter.
void append_quoted_printable(std::string& out, std::string_view text);

}  // namespace tocsin
