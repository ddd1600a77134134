#include "calendar/cron_scanner.h"

#include <algorithm>

namespace tocsin {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool continues_a_character(char c) {
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

}  // namespace

bool CronScanner::take(char c) {
    const bool is_there = sees(c);
    if (is_there) ++at_;
    return is_there;
}

std::string_view CronScanner::take_word() {
    const std::size_t begin = at_;
    while (!is_at_end() && (is_digit(text_[at_]) || is_letter(text_[at_]))) ++at_;
    return since(begin);
}

std::string_view CronScanner::character() const {
    std::size_t end = at_ + 1;
    while (end < text_.size() && continues_a_character(text_[end])) ++end;
    return text_.substr(at_, end - at_);
}

bool is_number(std::string_view word) {
    return !word.empty() && std::all_of(word.begin(), word.end(), is_digit);
}

unsigned to_number(std::string_view digits) {
    unsigned number = 0;
    for (char digit : digits) {
        number = std::min(number * 10 + static_cast<unsigned>(digit - '0'), 10000U);
    }
    return number;
}

}  // namespace tocsin
