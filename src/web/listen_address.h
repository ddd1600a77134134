// Where a server listens.
#pragma once

#include <string>
#include <string_view>

#include "base/descriptor.h"

namespace tocsin {

struct ListenAddress {
    std::string host;  // an IP address without brackets
    std::string port;  // "8080"; "0" is one that is free
};

// "127.0.0.1:8080", "[::1]:8080", "localhost:8080". Throws UsageError.
ListenAddress parse_listen_address(std::string_view text);

// Throws Unavailable where it cannot be listened there.
Descriptor listen_at(const ListenAddress& address);

// "http://127.0.0.1:8080", of a socket that listens.
std::string url_of(const Descriptor& listener);

}  // namespace tocsin
