// When two links lead to the same page.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

// Equal for links to one page: without `utm_…` parameters, a fragment, a port that goes without
// saying, a slash at its end; the host in lower case. `http:` counts as `https:`, which is a fault
// of its own. Empty for what is neither.
std::string link_name(std::string_view url);

}  // namespace tocsin
