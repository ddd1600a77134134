// What libcurl is told to connect to.
#pragma once

#include <curl/curl.h>
#include <memory>
#include <string>

#include "model/workspace.h"

namespace tocsin {

struct CurlUrlCloser {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using CurlUrl = std::unique_ptr<CURLU, CurlUrlCloser>;

// smtp:// or smtps:// with host and port; the EHLO name is the path, as libcurl wants it. Throws
// ConfigError if the host or the EHLO name cannot be one.
CurlUrl server_url(const SmtpSettings& settings, const std::string& ehlo);

}  // namespace tocsin
