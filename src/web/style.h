// How the pages look: one stylesheet, made once, with the organisation's colour.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

// "#ffffff" or "#000000": what can be read better on the background `colour` ("#0b5d7a"), by the
// contrast ratio of WCAG 2.2. At least 4.5:1 with any colour.
std::string text_colour_on(std::string_view colour);

// CSS. A `colour` that is empty or not of that form is replaced by a grey.
std::string stylesheet(std::string_view colour);

// "'sha256-…'" of an inline stylesheet, for a Content-Security-Policy.
std::string csp_hash(std::string_view stylesheet);

}  // namespace tocsin
