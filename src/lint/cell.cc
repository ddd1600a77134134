#include "lint/cell.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/text.h"

namespace tocsin {
namespace {

// Sorted, in lower case. Words that are names of people are left out where they are more often
// those ("Na", "Nan"); "Null", "None" and "Test" are some people's, and a warning is no refusal.
constexpr std::array<std::string_view, 39> kPlaceholders = {
    "#n/a",      "#name?",     "#ref!",      "#value!",     "(none)",  "(null)",    "<null>",
    "empty",     "first name", "first_name", "firstname",   "fname",   "full name", "last name",
    "last_name", "lastname",   "lname",      "n.a.",        "n/a",     "nachname",  "nil",
    "nom",       "none",       "null",       "placeholder", "prénom",  "surname",   "tba",
    "tbc",       "tbd",        "test",       "undefined",   "unknown", "unnamed",   "vorname",
    "xx",        "xxx",        "xxxx",       "your name"};
static_assert(std::ranges::is_sorted(kPlaceholders));
constexpr std::size_t kLongestPlaceholder = 12;

// For each byte that one begins with, a bit for each length that it has then: most cells can be
// told from it to be none.
constexpr auto kLengths = [] {
    std::array<std::uint16_t, 256> lengths{};
    for (std::string_view word : kPlaceholders) {
        const auto bit = static_cast<std::uint16_t>(1u << word.size());
        const char first = word.front();
        lengths[static_cast<unsigned char>(first)] |= bit;
        if (first >= 'a' && first <= 'z') lengths[static_cast<unsigned char>(first - 32)] |= bit;
    }
    return lengths;
}();

bool is_listed(std::string_view cell) {
    const unsigned lengths = kLengths[static_cast<unsigned char>(cell.front())];
    if ((lengths >> cell.size() & 1u) == 0) return false;
    return std::ranges::binary_search(kPlaceholders, std::string_view(ascii_lower(cell)));
}

bool is_word_byte(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool is_placeholder(std::string_view cell) {
    if (cell.size() > kLongestPlaceholder) return false;
    if (has_no_word(cell) || cell == "–" || cell == "—") return true;
    return is_listed(cell);
}

// A byte that each kind of merge syntax has twice.
bool is_tag_byte(char c) {
    return c == '{' || c == '}' || c == '|' || c == '%';
}

struct TagKind {
    std::string_view open, close;
    bool alone;  // one of the two is enough
};
constexpr std::array<TagKind, 3> kTags = {
    TagKind{"{{", "}}", true}, {"*|", "|*", false}, {"%%", "%%", false}};

// Of half a tag its braces alone: what stands beside them is the person's.
std::string_view tag_in(std::string_view cell, const TagKind& kind) {
    const std::size_t open = cell.find(kind.open);
    const std::size_t from = open == std::string_view::npos ? 0 : open + kind.open.size();
    const std::size_t close = cell.find(kind.close, from);
    if (open == std::string_view::npos && close == std::string_view::npos) return {};
    if (close == std::string_view::npos) return kind.alone ? kind.open : std::string_view();
    if (open == std::string_view::npos) {
        return kind.alone ? kind.close : std::string_view();
    }
    return cell.substr(open, close + kind.close.size() - open);
}

std::string_view first_tag(std::string_view cell) {
    for (const TagKind& kind : kTags) {
        if (std::string_view tag = tag_in(cell, kind); !tag.empty()) return tag;
    }
    return {};
}

}  // namespace

bool has_no_word(std::string_view cell) {
    return !cell.empty() && std::none_of(cell.begin(), cell.end(), is_word_byte);
}

CellFault judge_cell(std::string_view cell) {
    if (cell.empty()) return CellFault::kNone;
    if (std::any_of(cell.begin(), cell.end(), is_tag_byte) && !first_tag(cell).empty()) {
        return CellFault::kMergeSyntax;
    }
    return is_placeholder(cell) ? CellFault::kPlaceholder : CellFault::kNone;
}

std::string merge_tag_in(std::string_view cell) {
    constexpr std::size_t kMost = 40;
    std::string_view tag = first_tag(cell);
    if (tag.size() <= kMost) return printable(tag);
    std::size_t cut = kMost;
    while (cut > 0 && (static_cast<unsigned char>(tag[cut]) & 0xC0) == 0x80) --cut;
    return printable(tag.substr(0, cut)) + "…";
}

}  // namespace tocsin
