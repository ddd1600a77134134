#include "mail/encoded_word.h"

#include <algorithm>

#include "mail/base64.h"
#include "mail/header.h"
#include "mail/quoted_string.h"
#include "mail/unicode.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostWord = 75;
constexpr std::string_view kBOpen = "=?utf-8?B?";
constexpr std::string_view kQOpen = "=?utf-8?Q?";
constexpr std::string_view kClose = "?=";
constexpr std::size_t kFrame = 12;  // opening and closing together
// One character of four bytes in Q.
constexpr std::size_t kLeastWord = kFrame + 12;

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

// RFC 2047 section 5 (3): what Q leaves as it is in a phrase. Good for all other places.
bool is_q_literal(char c) {
    return is_alphanumeric(c) ||
           (c != '\0' && std::string_view("!*+-/").find(c) != std::string_view::npos);
}

std::size_t q_size(std::string_view text) {
    std::size_t size = 0;
    for (char c : text) size += c == ' ' || is_q_literal(c) ? 1 : 3;
    return size;
}

std::size_t b_size(std::size_t bytes) {
    return (bytes + 2) / 3 * 4;
}

void append_q(std::string& out, std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    for (char c : text) {
        auto byte = static_cast<unsigned char>(c);
        if (c == ' ') {
            out += '_';
        } else if (is_q_literal(c)) {
            out += c;
        } else {
            out += {'=', kDigits[byte >> 4], kDigits[byte & 15]};
        }
    }
}

std::size_t character_length(std::string_view text) {
    std::size_t length = 1;
    while (length < text.size() && (static_cast<unsigned char>(text[length]) & 0xC0) == 0x80)
        ++length;
    return length;
}

// As many whole characters as fit into `most` encoded bytes, at least one.
std::string_view fitting(std::string_view text, std::size_t most, bool as_q) {
    std::size_t length = 0;
    std::size_t in_q = 0;
    while (length < text.size()) {
        auto next = text.substr(length, character_length(text.substr(length)));
        in_q += q_size(next);
        std::size_t size = as_q ? in_q : b_size(length + next.size());
        if (length > 0 && size > most) break;
        length += next.size();
    }
    return text.substr(0, length);
}

// Words separated by blanks, which readers drop between encoded words. Q can be read in the source,
// so B must be a good deal shorter to be taken.
std::string encoded_words(std::string_view text, std::size_t used) {
    const bool as_q = q_size(text) * 2 <= b_size(text.size()) * 3;
    std::size_t room = used + kLeastWord > kHeaderLine ? kLeastWord : kHeaderLine - used;
    std::string words;
    while (!text.empty()) {
        std::size_t most = std::min(room, kMostWord) - kFrame;
        auto part = fitting(text, most, as_q);
        if (!words.empty()) words += ' ';
        words += as_q ? kQOpen : kBOpen;
        if (as_q) {
            append_q(words, part);
        } else {
            append_base64(words, part);
        }
        words += kClose;
        text.remove_prefix(part.size());
        room = kMostWord;
    }
    return words;
}

// ASCII that no reader takes for an encoded word, and that folds into short lines.
bool can_stand(std::string_view text) {
    return is_ascii(text) && text.find("=?") == text.npos && is_foldable(text, kMostWord);
}

bool is_atoms(std::string_view text) {
    auto is_atom_character = [](char c) {
        return is_alphanumeric(c) ||
               std::string_view("!#$%&'*+-/=?^_`{|}~ ").find(c) != std::string_view::npos;
    };
    return std::all_of(text.begin(), text.end(), is_atom_character) && text.find("  ") == text.npos;
}

}  // namespace

std::string encode_unstructured(std::string_view text, std::size_t used) {
    return can_stand(text) ? std::string(text) : encoded_words(text, used);
}

std::string encode_phrase(std::string_view text, std::size_t used) {
    if (!can_stand(text)) return encoded_words(text, used);
    return is_atoms(text) ? std::string(text) : quoted_string(text);
}

}  // namespace tocsin
