// RFC 5321 section 4.5.2.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

// The message as it goes after 354, without the final dot: each line that begins with a dot gets
// another one. A line begins after CRLF only, never after a bare CR or LF. Ends with CRLF.
std::string dot_stuffed(std::string_view message);

}  // namespace tocsin
