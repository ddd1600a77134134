// How a folder is named in a command.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

// A quoted string of modified UTF-7 (RFC 3501 section 5.1.3). `folder` is valid UTF-8 without
// control characters.
std::string quoted_folder(std::string_view folder);

}  // namespace tocsin
