// Values in URLs.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::templating {

// Every byte but the unreserved characters of RFC 3986, section 2.3, as `%XX`.
std::string urlencode(std::string_view text);

}  // namespace tocsin::templating
