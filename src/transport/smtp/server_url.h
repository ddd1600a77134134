// What libcurl is told to connect to.
#pragma once

#include <string>

#include "model/workspace.h"
#include "transport/curl_handles.h"

namespace tocsin {

// smtp:// or smtps:// with host and port; the EHLO name is the path, as libcurl wants it. Throws
// ConfigError if the host or the EHLO name cannot be one.
CurlUrl server_url(const SmtpSettings& settings, const std::string& ehlo);

}  // namespace tocsin
