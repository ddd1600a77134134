// When two links lead to the same page.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

// Equal for links to one page: without `utm_…` parameters, a fragment, a port that goes without
// saying, a slash at its end; scheme and host in lower case. Empty for what is not `http:` or
// `https:`.
std::string link_name(std::string_view url);

}  // namespace tocsin
