#include "campaign/mask.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace tocsin {
namespace {

// Masks from `from` to the end of the line, if a literal begins there.
void mask_literal(std::string& text, std::size_t from) {
    std::size_t start = text.find_first_not_of(" \t", from);
    if (start == std::string::npos ||
        std::string_view("{\r\n#").find(text[start]) != std::string_view::npos) {
        return;
    }
    std::size_t end = std::min(text.find_first_of("\r\n", start), text.size());
    // A list may hold maps: `previous_secrets: [{file: …}]`.
    if (text[start] == '[' && text.find('{', start) < end) return;
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(start),
              text.begin() + static_cast<std::ptrdiff_t>(end), '*');
}

}  // namespace

SourceText mask_secrets(const SourceText& source) {
    std::string text = source.text();
    for (std::string_view key : {"password", "secret", "secrets", "_key"}) {
        for (auto at = text.find(key); at != std::string::npos; at = text.find(key, at + 1)) {
            std::size_t colon = text.find_first_not_of("\"' \t", at + key.size());
            if (colon != std::string::npos && text[colon] == ':') mask_literal(text, colon + 1);
        }
    }
    return SourceText(source.name(), std::move(text));
}

}  // namespace tocsin
