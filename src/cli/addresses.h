// Addresses on the command line.
#pragma once

#include <string>
#include <vector>

#include "mail/address.h"

namespace tocsin {

// Throws UsageError that names `option` and says what is wrong.
Mailbox parse_address(const std::string& given, const char* option);
std::vector<Mailbox> parse_addresses(const std::vector<std::string>& given, const char* option);

}  // namespace tocsin
