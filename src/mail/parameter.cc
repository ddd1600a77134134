#include "mail/parameter.h"

#include <vector>

#include "mail/quoted_string.h"
#include "mail/unicode.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostPiece = 50;  // leaves room for the parameter name

// RFC 5987's attr-char without what old readers stumble over.
bool is_plain(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '.' || c == '_';
}

bool is_continuation(char c) {
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

void append_percent_encoded(std::string& out, char c) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    auto byte = static_cast<unsigned char>(c);
    if (is_plain(c)) {
        out += c;
    } else {
        out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
}

// Whole characters in pieces of about `kMostPiece`.
std::vector<std::string> percent_encoded_pieces(std::string_view value) {
    std::vector<std::string> pieces(1);
    for (char c : value) {
        if (!is_continuation(c) && pieces.back().size() >= kMostPiece) pieces.emplace_back();
        append_percent_encoded(pieces.back(), c);
    }
    return pieces;
}

std::string extended(std::string_view name, std::string_view value) {
    auto pieces = percent_encoded_pieces(value);
    std::string result;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        result.append("; ").append(name);
        if (pieces.size() > 1) result += '*' + std::to_string(i);
        result.append(i == 0 ? "*=UTF-8''" : "*=").append(pieces[i]);
    }
    return result;
}

// One `_` for each character that is not ASCII.
std::string ascii_likeness(std::string_view value) {
    std::string result;
    for (char c : value) {
        if (is_continuation(c)) continue;
        result += static_cast<unsigned char>(c) < 0x80 ? c : '_';
    }
    return result;
}

}  // namespace

std::string mime_parameter(std::string_view name, std::string_view value) {
    std::string plain = "; " + std::string(name) + "=" + quoted_string(ascii_likeness(value));
    return is_ascii(value) ? plain : extended(name, value) + plain;
}

}  // namespace tocsin
