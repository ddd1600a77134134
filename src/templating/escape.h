// Values in HTML.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::templating {

// & < > " ' as character references that every mail client knows (`&apos;` is none in HTML 4).
std::string html_escape(std::string_view text);

}  // namespace tocsin::templating
