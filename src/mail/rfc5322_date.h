// RFC 5322 section 3.3.
#pragma once

#include <string>

#include "base/clock.h"

namespace tocsin {

// "Mon, 23 Nov 2026 19:00:00 +0000": UTC and English names, whatever the locale.
std::string rfc5322_date(WallTime time);

}  // namespace tocsin
