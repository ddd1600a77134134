// Text that is put into HTML.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

// & < > " ' as character references: safe in content and in quoted attributes.
std::string escape_html(std::string_view text);

}  // namespace tocsin
