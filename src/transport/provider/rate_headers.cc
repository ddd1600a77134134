#include "transport/provider/rate_headers.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "base/text.h"
#include "transport/http/http_date.h"
#include "transport/provider/provider.h"

namespace tocsin {
namespace {

constexpr Milliseconds kLongest = std::chrono::hours(24);
// A number of seconds above this is a time since 1970, and above that one in milliseconds.
constexpr double kEarliestTime = 1e9, kLatestTime = 1e11;

std::optional<double> number(std::string_view text) {
    double value = 0;
    text = trim(text);
    auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    bool whole = error == std::errc() && end == text.data() + text.size();
    return whole && value >= 0 ? std::optional(value) : std::nullopt;
}

Milliseconds bounded(double seconds) {
    constexpr double kMost = std::chrono::duration<double>(kLongest).count();
    return std::chrono::ceil<Milliseconds>(
        std::chrono::duration<double>(std::clamp(seconds, 0.0, kMost)));
}

double since_1970(WallTime time) {
    return std::chrono::duration<double>(time.time_since_epoch()).count();
}

}  // namespace

std::optional<Milliseconds> retry_after(const HttpResponse& response, WallTime now) {
    const std::string told = response.header("retry-after");
    if (auto seconds = number(told)) return bounded(*seconds);
    if (auto date = parse_http_date(told)) return bounded(since_1970(*date) - since_1970(now));
    return std::nullopt;
}

std::optional<Milliseconds> until_reset(const HttpResponse& response, const char* remaining,
                                        const char* reset, WallTime now) {
    if (number(response.header(remaining)) != 0.0) return std::nullopt;
    auto seconds = number(response.header(reset));
    if (!seconds) return std::nullopt;
    if (*seconds > kLatestTime) *seconds /= 1000;
    return bounded(*seconds > kEarliestTime ? *seconds - since_1970(now) : *seconds);
}

Milliseconds Provider::pause_after(const HttpResponse& response, WallTime now) const {
    return retry_after(response, now).value_or(Milliseconds(0));
}

}  // namespace tocsin
