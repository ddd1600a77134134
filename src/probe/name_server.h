// The address of a name server, as users write it.
#pragma once

#include <optional>
#include <string>

namespace tocsin {

// "9.9.9.9", "127.0.0.1:5353", "2620:fe::fe" or "[::1]:53" with a port always: "[ADDRESS]:PORT" for
// IPv6. Nothing for what is no such address.
std::optional<std::string> parse_name_server(const std::string& text);

}  // namespace tocsin
