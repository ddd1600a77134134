#include "lint/characters.h"

#include <algorithm>

namespace tocsin {
namespace {

// The code point that begins at `at`, of one or two bytes; longer ones have no case here.
char32_t code_point(std::string_view text, std::size_t at) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    if (byte(at) < 0x80) return byte(at);
    bool is_two = (byte(at) & 0xE0) == 0xC0 && at + 1 < text.size();
    return is_two ? ((byte(at) & 0x1Fu) << 6) | (byte(at + 1) & 0x3Fu) : 0;
}

bool is_within(char32_t c, char32_t first, char32_t last) {
    return c >= first && c <= last;
}

bool is_capital(char32_t c) {
    return is_within(c, 'A', 'Z') || (is_within(c, 0xC0, 0xDE) && c != 0xD7) ||
           (is_within(c, 0x100, 0x137) && c % 2 == 0) || is_within(c, 0x391, 0x3AB) ||
           is_within(c, 0x400, 0x42F);
}

bool is_small(char32_t c) {
    return is_within(c, 'a', 'z') || (is_within(c, 0xDF, 0xFF) && c != 0xF7) ||
           (is_within(c, 0x100, 0x137) && c % 2 == 1) || is_within(c, 0x3AC, 0x3CE) ||
           is_within(c, 0x430, 0x45F);
}

}  // namespace

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool is_shouting(std::string_view text) {
    constexpr int kWords = 8;
    int capitals = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        char32_t c = code_point(text, at);
        if (is_small(c)) return false;
        if (is_capital(c)) ++capitals;
    }
    return capitals >= kWords;
}

}  // namespace tocsin
