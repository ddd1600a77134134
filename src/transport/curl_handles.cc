#include "transport/curl_handles.h"

#include <csignal>
#include <stdexcept>

namespace tocsin {

namespace {

[[noreturn]] void fail() {
    throw std::runtime_error("libcurl cannot be started");
}

}  // namespace

void start_curl() {
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    std::signal(SIGPIPE, SIG_IGN);
    if (started != CURLE_OK) fail();
}

CurlMulti make_curl_multi() {
    start_curl();
    CURLM* multi = curl_multi_init();
    if (multi == nullptr) fail();
    return {multi, [](CURLM* handle) { curl_multi_cleanup(handle); }};
}

CurlEasy make_curl_easy() {
    start_curl();
    CurlEasy easy(curl_easy_init());
    if (!easy) fail();
    return easy;
}

}  // namespace tocsin
