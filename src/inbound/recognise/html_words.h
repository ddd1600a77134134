// The words of an HTML text, for the recognisers: no page, no layout.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

// Tags become line ends or nothing, the common entities their characters; what stands in script,
// style and head is left out.
std::string html_words(std::string_view html);

}  // namespace tocsin
