#include "mail/unicode.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/text.h"

namespace tocsin {
namespace {

const std::uint8_t* as_units(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

bool is_joiner(ucs4_t c) {
    return c == 0x200C || c == 0x200D;
}

bool is_invisible(ucs4_t c) {
    constexpr std::uint32_t kUnseen = UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf |
                                      UC_CATEGORY_MASK_Zs | UC_CATEGORY_MASK_Zl |
                                      UC_CATEGORY_MASK_Zp;
    return c >= 0x80 && !is_joiner(c) && uc_is_general_category_withtable(c, kUnseen);
}

bool is_right_to_left(ucs4_t c) {
    switch (uc_bidi_category(c)) {
        case UC_BIDI_R:
        case UC_BIDI_AL:
        case UC_BIDI_RLE:
        case UC_BIDI_RLO:
        case UC_BIDI_RLI:
            return true;
        default:
            return false;
    }
}

}  // namespace

// All bytes, since a loop that ends early cannot be vectorised.
bool is_ascii(std::string_view text) {
    unsigned char seen = 0;
    for (char c : text) seen |= static_cast<unsigned char>(c);
    return seen < 0x80;
}

std::string nfc(std::string_view text) {
    if (is_ascii(text)) return std::string(text);
    std::size_t length = 0;
    std::unique_ptr<std::uint8_t, decltype(&std::free)> normal(
        u8_normalize(UNINORM_NFC, as_units(text), text.size(), nullptr, &length), &std::free);
    if (!normal) throw std::bad_alloc();
    return std::string(reinterpret_cast<const char*>(normal.get()), length);
}

std::string lower_nfc(std::string_view text) {
    if (is_ascii(text)) return ascii_lower(text);
    std::size_t length = 0;
    std::unique_ptr<std::uint8_t, decltype(&std::free)> lower(
        u8_tolower(as_units(text), text.size(), nullptr, UNINORM_NFC, nullptr, &length),
        &std::free);
    if (!lower) throw std::bad_alloc();
    return std::string(reinterpret_cast<const char*>(lower.get()), length);
}

std::optional<char32_t> invisible_character(std::string_view text) {
    if (is_ascii(text)) return std::nullopt;
    for (std::size_t i = 0; i < text.size();) {
        ucs4_t c = 0;
        int length = u8_mbtouc(&c, as_units(text) + i, text.size() - i);
        if (is_invisible(c)) return static_cast<char32_t>(c);
        i += static_cast<std::size_t>(std::max(length, 1));
    }
    return std::nullopt;
}

bool has_right_to_left(std::string_view text) {
    if (is_ascii(text)) return false;
    for (std::size_t i = 0; i < text.size();) {
        ucs4_t c = 0;
        int length = u8_mbtouc(&c, as_units(text) + i, text.size() - i);
        if (is_right_to_left(c)) return true;
        i += static_cast<std::size_t>(std::max(length, 1));
    }
    return false;
}

std::size_t count_characters(std::string_view text) {
    auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins));
}

std::string code_point_name(char32_t code_point) {
    std::array<char, 16> name{};
    std::snprintf(name.data(), name.size(), "U+%04X", static_cast<unsigned>(code_point));
    return name.data();
}

}  // namespace tocsin
