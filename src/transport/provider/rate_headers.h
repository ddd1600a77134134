// What responses say of the pace that a provider wants (RFC 9110 section 10.2.3, and the headers
// that providers have made up).
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"
#include "transport/http/message.h"

namespace tocsin {

// `Retry-After` in seconds or as a date, or nothing. From zero to a day.
std::optional<Milliseconds> retry_after(const HttpResponse& response, WallTime now);

// Where `remaining` says 0: the seconds of `reset`, or the time until it where it is a time since
// 1970, in seconds or in milliseconds. Header names in lower case. Else nothing.
std::optional<Milliseconds> until_reset(const HttpResponse& response, const char* remaining,
                                        const char* reset, WallTime now);

}  // namespace tocsin
