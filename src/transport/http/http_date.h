// Dates of HTTP headers: RFC 9110 section 5.6.7.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"

namespace tocsin {

// In any of the three forms; nothing for anything else.
std::optional<WallTime> parse_http_date(const std::string& text);

}  // namespace tocsin
