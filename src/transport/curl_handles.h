// libcurl's handles with owners, and its global start-up.
#pragma once

#include <curl/curl.h>
#include <memory>

namespace tocsin {

struct CurlEasyCloser {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using CurlEasy = std::unique_ptr<CURL, CurlEasyCloser>;

struct CurlUrlCloser {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using CurlUrl = std::unique_ptr<CURLU, CurlUrlCloser>;

// Shared by the links made through it: a connection lives in the cache of its multi handle.
using CurlMulti = std::shared_ptr<CURLM>;

// Once, by whoever comes first. Also makes the process ignore SIGPIPE: with CURLOPT_NOSIGNAL
// libcurl leaves that to us, and a write to a connection that the server has closed must be an
// error, not the end of the program. Throws std::runtime_error.
void start_curl();

// The same, and throws likewise.
CurlMulti make_curl_multi();
CurlEasy make_curl_easy();

}  // namespace tocsin
