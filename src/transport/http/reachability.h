// What a failure to make a request says of the provider. Pure.
#pragma once

#include <string>

#include "transport/curl_handles.h"
#include "transport/transport.h"

namespace tocsin {

// No later attempt can be better: its certificate is not to be trusted.
bool is_hopeless(CURLcode code);

// `server` as shown_server() has it; `why` is what broke.
Unusable unreachable(CURLcode code, const std::string& server, const std::string& why);

// It takes requests, and nobody knows what becomes of them.
Unusable unclear(const std::string& server, const std::string& why);

}  // namespace tocsin
