#include "base/html.h"

namespace tocsin {
namespace {

// Empty for what stays as it is.
std::string_view reference_for(char c) {
    switch (c) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";
        case '"':
            return "&quot;";
        case '\'':
            return "&#39;";
        default:
            return {};
    }
}

}  // namespace

std::string escape_html(std::string_view text) {
    std::string out;
    out.reserve(text.size() + text.size() / 8);
    append_escaped_html(out, text);
    return out;
}

void append_escaped_html(std::string& out, std::string_view text) {
    std::size_t copied = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string_view reference = reference_for(text[i]);
        if (reference.empty()) continue;
        out.append(text, copied, i - copied).append(reference);
        copied = i + 1;
    }
    out.append(text, copied);
}

}  // namespace tocsin
