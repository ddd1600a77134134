#include "inbound/recognise/addresses.h"

namespace tocsin {
namespace {

// A local part may have more, but what stands around addresses in texts has it as well.
bool in_local(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           byte >= 0x80 ||
           std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
}

bool in_domain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           static_cast<unsigned char>(c) >= 0x80 || c == '-' || c == '.' || c == '_';
}

constexpr std::size_t kLongestLocal = 128, kLongestDomain = 255;

}  // namespace

std::vector<std::string> addresses_in(std::string_view text, std::size_t most) {
    std::vector<std::string> found;
    std::size_t from = 0;
    for (std::size_t at = text.find('@'); at != text.npos && found.size() < most;
         at = text.find('@', at + 1)) {
        std::size_t begin = at, end = at + 1;
        while (begin > from && at - begin < kLongestLocal && in_local(text[begin - 1])) --begin;
        while (end < text.size() && end - at < kLongestDomain && in_domain(text[end])) ++end;
        while (end > at + 1 && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
        while (begin < at && (text[begin] == '\'' || text[begin] == '=')) ++begin;
        if (begin < at && end > at + 1) found.emplace_back(text.substr(begin, end - begin));
        from = end;
    }
    return found;
}

std::vector<std::string> message_ids_in(std::string_view text, std::size_t most) {
    std::vector<std::string> found;
    while (found.size() < most) {
        const std::size_t open = text.find('<');
        if (open == text.npos) break;
        const std::size_t close = text.find('>', open);
        if (close == text.npos) break;
        const std::string_view id = text.substr(open + 1, close - open - 1);
        if (!id.empty() && id.size() < 1000 && id.find(' ') == id.npos) found.emplace_back(id);
        text.remove_prefix(close + 1);
    }
    return found;
}

}  // namespace tocsin
