// The codes of SMTP replies in free text.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

struct Codes {
    int basic = 0;         // 400 to 599, or 0: none
    std::string enhanced;  // "5.1.1", or empty
};

// The first basic code that fails and the first enhanced one that is more than a class ("5.1.1"
// rather than "5.0.0"). Parts of numbers and of IP addresses are neither.
Codes find_codes(std::string_view text);

}  // namespace tocsin
