#pragma once

#include <string>
#include <string_view>

namespace tocsin {

// RFC 5322 section 3.2.4: in quotation marks, `"` and `\` escaped.
std::string quoted_string(std::string_view text);

}  // namespace tocsin
