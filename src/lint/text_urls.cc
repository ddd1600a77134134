#include "lint/text_urls.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::array<std::string_view, 3> kBeginnings = {"https://", "http://", "mailto:"};

bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// The beginning that stands at `at`, not inside a longer word; or empty.
std::string_view beginning_at(std::string_view text, std::size_t at) {
    if (text[at] != 'h' && text[at] != 'H' && text[at] != 'm' && text[at] != 'M') return {};
    if (at > 0 && is_word(text[at - 1])) return {};
    for (std::string_view beginning : kBeginnings) {
        if (ascii_iequals(text.substr(at, beginning.size()), beginning)) return beginning;
    }
    return {};
}

// No-break and typographic spaces and quotes end an address, other letters than ASCII do not.
bool ends_address(std::string_view rest) {
    auto byte = static_cast<unsigned char>(rest[0]);
    if (byte <= ' ' || byte == 0x7F || rest[0] == '<' || rest[0] == '>' || rest[0] == '"') {
        return true;
    }
    return rest.starts_with("\u00A0") || rest.starts_with("\u00AB") || rest.starts_with("\u00BB") ||
           rest.starts_with("\xE2\x80");
}

std::string_view without_punctuation(std::string_view url) {
    for (; !url.empty(); url.remove_suffix(1)) {
        if (url.ends_with(')')) {
            if (std::ranges::count(url, '(') >= std::ranges::count(url, ')')) return url;
        } else if (std::string_view(".,;:!?'*_]}").find(url.back()) == std::string_view::npos) {
            return url;
        }
    }
    return url;
}

}  // namespace

std::vector<TextUrl> text_urls(std::string_view text) {
    std::vector<TextUrl> urls;
    for (std::size_t at = 0; at < text.size();) {
        std::string_view beginning = beginning_at(text, at);
        if (beginning.empty()) {
            ++at;
            continue;
        }
        std::size_t end = at + beginning.size();
        while (end < text.size() && !ends_address(text.substr(end))) ++end;
        std::string_view url = without_punctuation(text.substr(at, end - at));
        if (url.size() > beginning.size()) urls.push_back({std::string(url), at});
        at = end;
    }
    return urls;
}

}  // namespace tocsin
