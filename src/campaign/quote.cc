#include "campaign/quote.h"

namespace tocsin {

std::string in_backquotes(std::string_view word) {
    constexpr std::size_t kLongest = 60;
    if (word.size() <= kLongest) return "`" + std::string(word) + "`";
    std::size_t end = kLongest;
    while (end > 0 && (static_cast<unsigned char>(word[end]) & 0xC0) == 0x80) --end;
    return "`" + std::string(word.substr(0, end)) + "…`";
}

}  // namespace tocsin
