#include "templating/urlencode.h"

namespace tocsin::templating {
namespace {

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string urlencode(std::string_view text) {
    constexpr char kDigits[] = "0123456789ABCDEF";
    std::string result;
    for (char c : text) {
        if (is_unreserved(c)) {
            result += c;
            continue;
        }
        auto byte = static_cast<unsigned char>(c);
        result += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
    return result;
}

}  // namespace tocsin::templating
