#include "transport/smtp/curl_handles.h"

#include <csignal>
#include <stdexcept>

namespace tocsin {

CurlMulti make_curl_multi() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    std::signal(SIGPIPE, SIG_IGN);
    CURLM* multi = started == CURLE_OK ? curl_multi_init() : nullptr;
    if (multi == nullptr) throw std::runtime_error("libcurl cannot be started");
    return {multi, [](CURLM* handle) { curl_multi_cleanup(handle); }};
}

}  // namespace tocsin
