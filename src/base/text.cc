#include "base/text.h"

#include <algorithm>
#include <iterator>
#include <vector>

namespace tocsin {
namespace {

struct Utf8Form {
    std::size_t length;        // 0: cannot start a character
    unsigned char low = 0x80;  // bounds of the second byte
    unsigned char high = 0xBF;
};

// RFC 3629, section 4: the table of well-formed byte sequences.
Utf8Form utf8_form(unsigned char lead) {
    if (lead < 0x80) return {1};
    if (lead >= 0xC2 && lead <= 0xDF) return {2};
    if (lead == 0xE0) return {3, 0xA0, 0xBF};
    if (lead == 0xED) return {3, 0x80, 0x9F};
    if (lead >= 0xE1 && lead <= 0xEF) return {3};
    if (lead == 0xF0) return {4, 0x90, 0xBF};
    if (lead >= 0xF1 && lead <= 0xF3) return {4};
    if (lead == 0xF4) return {4, 0x80, 0x8F};
    return {0};
}

bool well_formed_at(std::string_view text, std::size_t i, std::size_t& length) {
    auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    Utf8Form form = utf8_form(byte(i));
    length = form.length;
    if (length == 0 || i + length > text.size()) return false;
    if (length > 1 && (byte(i + 1) < form.low || byte(i + 1) > form.high)) return false;
    for (std::size_t k = 2; k < length; ++k) {
        if ((byte(i + k) & 0xC0) != 0x80) return false;
    }
    return true;
}

bool is_control(char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7F;
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::vector<std::size_t>> d(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = i;
    for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t substitute = d[i - 1][j - 1] + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
            d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, substitute});
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
        }
    }
    return d[a.size()][b.size()];
}

}  // namespace

std::optional<std::size_t> invalid_utf8(std::string_view text) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < text.size(); i += length) {
        if (!well_formed_at(text, i, length)) return i;
    }
    return std::nullopt;
}

std::string_view trim(std::string_view text) {
    auto first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

namespace {

struct CodePoints {
    char32_t first, last;
};
// White_Space, Default_Ignorable_Code_Point and the blank Braille pattern of Unicode 15, as far as
// texts have them.
constexpr CodePoints kInvisible[] = {
    {0x00, 0x20},     {0x7F, 0xA0},     {0xAD, 0xAD},     {0x034F, 0x034F},  {0x061C, 0x061C},
    {0x115F, 0x1160}, {0x1680, 0x1680}, {0x17B4, 0x17B5}, {0x180B, 0x180F},  {0x2000, 0x200F},
    {0x2028, 0x202F}, {0x205F, 0x206F}, {0x2800, 0x2800}, {0x3000, 0x3000},  {0x3164, 0x3164},
    {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}, {0xFFA0, 0xFFA0}, {0xE0000, 0xE0FFF}};

// Of a well-formed character of `length` bytes.
char32_t code_point(std::string_view text, std::size_t i, std::size_t length) {
    auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    if (length == 1) return byte(i);
    char32_t code = byte(i) & (0x7Fu >> length);
    for (std::size_t k = 1; k < length; ++k) code = code << 6 | (byte(i + k) & 0x3Fu);
    return code;
}

}  // namespace

bool is_invisible(std::string_view text) {
    for (std::size_t i = 0, length = 0; i < text.size(); i += length) {
        if (!well_formed_at(text, i, length)) return false;
        const char32_t code = code_point(text, i, length);
        bool seen = std::none_of(std::begin(kInvisible), std::end(kInvisible), [&](CodePoints one) {
            return one.first <= code && code <= one.last;
        });
        if (seen) return false;
    }
    return true;
}

std::string ascii_lower(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

bool ascii_iequals(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](char x, char y) { return lower(x) == lower(y); });
}

std::string printable(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c == '\t')
            c = ' ';
        else if (is_control(c))
            c = '?';
    }
    return out;
}

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_control);
}

std::string grouped(std::size_t n) {
    std::string digits = std::to_string(n);
    for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3) {
        digits.insert(static_cast<std::size_t>(i), ",");
    }
    return digits;
}

std::string counted(std::size_t n, std::string_view noun) {
    return grouped(n) + " " + std::string(noun) + (n == 1 ? "" : "s");
}

std::string closest(std::string_view word, std::span<const std::string> candidates) {
    constexpr std::size_t kLongestCompared = 64;
    if (word.size() > kLongestCompared) return {};
    std::string best;
    std::size_t best_distance = std::max<std::size_t>(1, word.size() / 3) + 1;
    for (const std::string& candidate : candidates) {
        if (candidate.size() > kLongestCompared) continue;
        std::size_t distance = edit_distance(word, candidate);
        if (distance < best_distance) {
            best = candidate;
            best_distance = distance;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string> candidates) {
    std::string best = closest(word, candidates);
    return best.empty() ? "" : "did you mean `" + best + "`?";
}

}  // namespace tocsin
