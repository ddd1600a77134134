// Syntax of URLs. The functions say what is wrong as those of fields.h do.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

std::string fault_of_website(std::string_view url);
// A token is appended to it: https (http on loopback only), ends in `/`, no query.
std::string fault_of_unsubscribe_url(std::string_view url);
// Paths are appended to it: https (http on loopback only), no name, password, query or fragment.
std::string fault_of_endpoint(std::string_view url);
// `socks5h://host:port`, `socks5://…` or `http://…`, and nothing behind the port.
std::string fault_of_proxy(std::string_view url);

// Somebody's name, and perhaps password, stands in front of the host.
bool has_userinfo(std::string_view url);
// The host of a URL that has no fault.
std::string_view host_of_url(std::string_view url);

}  // namespace tocsin
