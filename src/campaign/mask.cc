#include "campaign/mask.h"

#include <algorithm>
#include <string>
#include <string_view>

namespace tocsin {
namespace {

bool is_among(char c, std::string_view set) {
    return set.find(c) != std::string_view::npos;
}

void mask(std::string& text, std::size_t from, std::size_t to) {
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(from),
              text.begin() + static_cast<std::ptrdiff_t>(to), '*');
}

// Masks `text` from `from` to `to`, but for what stands in braces: `[{file: …}, {env: …}]`.
void mask_outside_braces(std::string& text, std::size_t from, std::size_t to) {
    bool in_braces = false;
    for (std::size_t i = from; i < to; ++i) {
        in_braces = text[i] == '{' || (in_braces && text[i] != '}');
        if (!in_braces && !is_among(text[i], "}[], ")) text[i] = '*';
    }
}

std::size_t end_of_line(const std::string& text, std::size_t from) {
    return std::min(text.find_first_of("\r\n", from), text.size());
}

// Items of a list below its key; `- env: NAME` is a map and stays. Returns where the list ends.
std::size_t mask_items(std::string& text, std::size_t from) {
    for (std::size_t line = from;;) {
        std::size_t dash = text.find_first_not_of(" \t\r\n", line);
        if (dash == std::string::npos || text[dash] != '-') return line;
        line = end_of_line(text, dash);
        bool is_map =
            std::string_view(text).substr(dash, line - dash).find(": ") != std::string_view::npos;
        if (!is_map) mask(text, dash + 1, line);
    }
}

// Masks the literal that begins at `from`, if there is one. Returns where it has stopped looking.
std::size_t mask_value(std::string& text, std::size_t from) {
    std::size_t start = text.find_first_not_of(" \t", from);
    if (start == std::string::npos || is_among(text[start], "{#")) return from;
    if (is_among(text[start], "\r\n")) return mask_items(text, start);
    std::size_t end = end_of_line(text, start);
    if (text[start] == '[') {
        mask_outside_braces(text, start, end);
    } else {
        mask(text, start, end);
    }
    return end;
}

void mask_key(std::string& text, std::string_view key) {
    for (auto at = text.find(key); at != std::string::npos; at = text.find(key, at)) {
        at += key.size();
        std::size_t colon = text.find_first_not_of("\"' \t", at);
        if (colon != std::string::npos && text[colon] == ':') at = mask_value(text, colon + 1);
    }
}

// `user:password` of `socks5://user:password@host`, wherever it stands.
void mask_userinfo(std::string& text) {
    constexpr std::string_view kMark = "://";
    for (auto at = text.find(kMark); at != std::string::npos; at = text.find(kMark, at)) {
        at += kMark.size();
        std::size_t end = std::min(text.find_first_of(" \t\r\n", at), text.size());
        auto sign = std::string_view(text).substr(at, end - at).rfind('@');
        if (sign != std::string_view::npos) mask(text, at, at + sign);
        at = end;
    }
}

}  // namespace

SourceText mask_secrets(const SourceText& source) {
    std::string text = source.text();
    for (std::string_view key : {"password", "secret", "secrets", "key"}) mask_key(text, key);
    mask_userinfo(text);
    return SourceText(source.name(), std::move(text));
}

}  // namespace tocsin
