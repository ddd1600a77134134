#include "templating/capitalize.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace tocsin::templating {
namespace {

// Small letters `first`, `first + step`, … up to `last`, and how far their capitals are from them.
struct Range {
    char32_t first, last;
    int step;
    int distance;
};

constexpr Range kRanges[] = {
    {'a', 'z', 1, -32},        {0x00E0, 0x00F6, 1, -32},  // à … ö
    {0x00F8, 0x00FE, 1, -32},                             // ø … þ
    {0x00FF, 0x00FF, 1, 121},                             // ÿ
    {0x0101, 0x012F, 2, -1},                              // Latin Extended-A, in pairs
    {0x0131, 0x0131, 1, -232},                            // dotless ı
    {0x0133, 0x0137, 2, -1},   {0x013A, 0x0148, 2, -1},   {0x014B, 0x0177, 2, -1},
    {0x017A, 0x017E, 2, -1},   {0x0199, 0x0199, 1, -1},                             // ƙ
    {0x01A1, 0x01A1, 1, -1},                                                        // ơ
    {0x01B0, 0x01B0, 1, -1},                                                        // ư
    {0x01CE, 0x01DC, 2, -1},   {0x01DF, 0x01EF, 2, -1},   {0x01F9, 0x021F, 2, -1},  // with ș and ț
    {0x0223, 0x0233, 2, -1},   {0x0253, 0x0253, 1, -210},                           // ɓ
    {0x0257, 0x0257, 1, -205},                                                      // ɗ
    {0x03AC, 0x03AC, 1, -38},                             // Greek with tonos
    {0x03AD, 0x03AF, 1, -37},  {0x03B1, 0x03C1, 1, -32},  // α … ρ
    {0x03C2, 0x03C2, 1, -31},                             // final ς
    {0x03C3, 0x03CB, 1, -32},  {0x03CC, 0x03CC, 1, -64},  {0x03CD, 0x03CE, 1, -63},
    {0x0430, 0x044F, 1, -32},  // а … я
    {0x0450, 0x045F, 1, -80},  // ѐ … џ
    {0x0461, 0x0481, 2, -1},   {0x048B, 0x04BF, 2, -1},   {0x04C2, 0x04CE, 2, -1},
    {0x04CF, 0x04CF, 1, -15},  {0x04D1, 0x052F, 2, -1},   {0x0561, 0x0586, 1, -48},  // Armenian
    {0x1E01, 0x1E95, 2, -1},  // Latin Extended Additional
    {0x1EA1, 0x1EFF, 2, -1},
};

char32_t to_upper(char32_t letter) {
    auto range = std::find_if(std::begin(kRanges), std::end(kRanges), [&](const Range& r) {
        return letter >= r.first && letter <= r.last &&
               (letter - r.first) % static_cast<char32_t>(r.step) == 0;
    });
    if (range == std::end(kRanges)) return letter;
    return static_cast<char32_t>(static_cast<std::int32_t>(letter) + range->distance);
}

// The character at `at` if it has one, two or three bytes, and how many; the table needs no more.
std::pair<char32_t, std::size_t> character(std::string_view text, std::size_t at) {
    auto byte = [&](std::size_t i) {
        return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
    };
    auto follows = [&](std::size_t i) { return (byte(i) & 0xC0U) == 0x80U; };
    if (byte(0) < 0x80) return {byte(0), 1};
    if ((byte(0) & 0xE0U) == 0xC0U && follows(1)) {
        return {(byte(0) & 0x1FU) << 6 | (byte(1) & 0x3FU), 2};
    }
    if ((byte(0) & 0xF0U) == 0xE0U && follows(1) && follows(2)) {
        return {(byte(0) & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU), 3};
    }
    return {0, 0};
}

std::string utf8(char32_t c) {
    auto low = [&](int shift) { return static_cast<char>(0x80U | (c >> shift & 0x3FU)); };
    if (c < 0x80) return {static_cast<char>(c)};
    if (c < 0x800) return {static_cast<char>(0xC0U | c >> 6), low(0)};
    return {static_cast<char>(0xE0U | c >> 12), low(6), low(0)};
}

}  // namespace

std::string capitalize(std::string_view text) {
    std::string result(text);
    auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return result;
    auto [letter, length] = character(text, first);
    char32_t capital = to_upper(letter);
    if (capital != letter) result.replace(first, length, utf8(capital));
    return result;
}

}  // namespace tocsin::templating
