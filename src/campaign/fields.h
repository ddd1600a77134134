// Syntax of single values. Each function says what is wrong with a text in words that continue
// the sentence "`key` …" ("must begin with `https://`"), or returns an empty string.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

std::string fault_of_campaign_id(std::string_view id);
// A name of our own choosing: a transport, an unsubscribe list.
std::string fault_of_name(std::string_view name);
// Names a merge field can have: a letter or `_`, then letters, digits, `_` and `-`. The fault is a
// hint: "use letters, …".
std::string fault_of_field_name(std::string_view name);
std::string fault_of_colour(std::string_view colour);
// A DNS name in ASCII, an IPv4 address, or an IPv6 address in brackets.
std::string fault_of_host(std::string_view host);
// IPv4 or IPv6, without brackets.
std::string fault_of_source_address(std::string_view address);
// A DKIM selector: DNS labels, also such as are numbers (RFC 6376 section 3.1).
std::string fault_of_selector(std::string_view selector);
std::string fault_of_environment_name(std::string_view name);

// localhost, 127.0.0.0/8, [::1]
bool is_loopback(std::string_view host);

}  // namespace tocsin
