// RFC 5321 section 4.5.2.
#pragma once

#include <string_view>

#include "transport/smtp/write_buffer.h"

namespace tocsin {

// Appends the message as it goes after 354, without the final dot: each line that begins with a dot
// gets another one. A line begins after CRLF only, never after a bare CR or LF. Ends with CRLF.
void append_dot_stuffed(WriteBuffer& out, std::string_view message);

}  // namespace tocsin
