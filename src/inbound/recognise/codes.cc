#include "inbound/recognise/codes.h"

namespace tocsin {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
char at(std::string_view text, std::size_t i) {
    return i < text.size() ? text[i] : ' ';
}

// How many digits stand at `i`, up to four.
std::size_t digits(std::string_view text, std::size_t i) {
    std::size_t n = 0;
    while (n < 4 && is_digit(at(text, i + n))) ++n;
    return n;
}

// The length of an enhanced code at `i`, or 0.
std::size_t enhanced_at(std::string_view text, std::size_t i) {
    const char klass = at(text, i);
    if ((klass != '2' && klass != '4' && klass != '5') || at(text, i + 1) != '.') return 0;
    const std::size_t subject = digits(text, i + 2);
    if (subject == 0 || subject > 3 || at(text, i + 2 + subject) != '.') return 0;
    const std::size_t detail_at = i + 3 + subject;
    const std::size_t detail = digits(text, detail_at);
    if (detail == 0 || detail > 3) return 0;
    const std::size_t end = detail_at + detail;
    if (is_word(at(text, end))) return 0;
    if (at(text, end) == '.' && is_digit(at(text, end + 1))) return 0;
    return end - i;
}

bool basic_at(std::string_view text, std::size_t i) {
    const char first = at(text, i), second = at(text, i + 1);
    if ((first != '4' && first != '5') || second < '0' || second > '7') return false;
    if (digits(text, i) != 3) return false;
    const char after = at(text, i + 3);
    if (is_word(after) || after == ')' || after == '%') return false;
    if ((after == '.' || after == ',') && is_digit(at(text, i + 4))) return false;
    return after != '-' || digits(text, i + 4) < 2;  // 555-1234 is a telephone
}

}  // namespace

Codes find_codes(std::string_view text) {
    Codes found;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (!is_digit(text[i])) continue;
        const char before = i == 0 ? ' ' : text[i - 1];
        if (is_word(before) || before == '.' || before == '/') continue;
        if (before == ':' && i > 1 && is_digit(text[i - 2])) continue;  // a time
        if (const std::size_t length = enhanced_at(text, i); length > 0) {
            const bool vague = found.enhanced.ends_with(".0.0");
            if (found.enhanced.empty() || vague) found.enhanced = text.substr(i, length);
            i += length - 1;
        } else if (found.basic == 0 && before != '-' && before != '$' && basic_at(text, i)) {
            found.basic = (text[i] - '0') * 100 + (text[i + 1] - '0') * 10 + (text[i + 2] - '0');
        }
    }
    return found;
}

}  // namespace tocsin
