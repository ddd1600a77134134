#include "mail/quoted_string.h"

namespace tocsin {

std::string quoted_string(std::string_view text) {
    std::string result = "\"";
    for (char c : text) {
        if (c == '"' || c == '\\') result += '\\';
        result += c;
    }
    return result + '"';
}

}  // namespace tocsin
