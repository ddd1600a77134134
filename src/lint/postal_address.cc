#include "lint/postal_address.h"

#include <string>

#include "mail/unicode.h"

namespace tocsin {
namespace {

bool is_word(char c) {
    auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z');
}

// What layouts put between the parts of an address, beyond ASCII.
std::size_t separator_length(std::string_view text) {
    for (std::string_view mark : {"\u00A0", "·", "•", "–", "—", "\u202F"}) {
        if (text.starts_with(mark)) return mark.size();
    }
    return 0;
}

// " 1 quay street port anwen ": words with one blank around each, whatever was between.
std::string words_of(std::string_view text) {
    const std::string lower = lower_nfc(text);
    std::string words = " ";
    for (std::size_t at = 0; at < lower.size();) {
        std::size_t separator = separator_length(std::string_view(lower).substr(at));
        bool is_letter = separator == 0 && is_word(lower[at]);
        if (is_letter) words += lower[at];
        if (!is_letter && words.back() != ' ') words += ' ';
        at += separator > 0 ? separator : 1;
    }
    if (words.back() != ' ') words += ' ';
    return words;
}

}  // namespace

bool shows_address(std::string_view text, std::string_view address) {
    return words_of(text).find(words_of(address)) != std::string::npos;
}

}  // namespace tocsin
