#include "transport/http/http_date.h"

#include <curl/curl.h>

namespace tocsin {

std::optional<WallTime> parse_http_date(const std::string& text) {
    if (text.empty()) return std::nullopt;
    std::time_t time = curl_getdate(text.c_str(), nullptr);
    if (time < 0) return std::nullopt;
    return WallTime(std::chrono::seconds(time));
}

}  // namespace tocsin
