// Text that is put into HTML.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

// & < > " ' as character references that every mail client knows (`&apos;` is none in HTML 4): safe
// in content and in quoted attributes.
std::string escape_html(std::string_view text);
void append_escaped_html(std::string& out, std::string_view text);

}  // namespace tocsin
