#include "mail/header.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "mail/unicode.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostLine = 998;  // RFC 5322 section 2.1.1
constexpr std::size_t kMostName = 60;

bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= kMostName &&
           std::all_of(name.begin(), name.end(),
                       [](char c) { return c > ' ' && c < 127 && c != ':'; });
}

// The first run of blanks and the word after it: what must stay on one line. A line is never broken
// inside blanks, because one that held nothing else would end the header block for some readers.
std::string_view segment(std::string_view rest) {
    auto word = rest.find_first_not_of(' ');
    return rest.substr(0, word == rest.npos ? word : rest.find(' ', word));
}

[[noreturn]] void refuse(std::string_view name, const char* why) {
    throw std::invalid_argument("header " + printable(name.substr(0, kMostName)) + ": " + why);
}

}  // namespace

void check_header_text(std::string_view name, std::string_view value, HeaderCharset charset) {
    if (!is_name(name)) refuse(name, "the name is not printable ASCII");
    if (has_control(value)) refuse(name, "the value holds a control character");
    if (is_ascii(value)) return;
    if (charset == HeaderCharset::kAscii) refuse(name, "the value is not ASCII");
    if (invalid_utf8(value)) refuse(name, "the value is not UTF-8");
}

bool is_foldable(std::string_view value, std::size_t most) {
    while (!value.empty()) {
        auto next = segment(value).size();
        if (next > most) return false;
        value.remove_prefix(next);
    }
    return true;
}

void append_header(std::string& out, std::string_view name, std::string_view value,
                   HeaderCharset charset) {
    check_header_text(name, value, charset);
    value = trim(value);
    out.append(name).append(":");
    if (!value.empty()) out += ' ';
    std::size_t column = name.size() + 2;
    for (bool first = true; !value.empty(); first = false) {
        std::string_view next = segment(value);
        if (!first && column + next.size() > kHeaderLine) {
            out += "\r\n";
            column = 0;
        }
        out += next;
        column += next.size();
        if (column > kMostLine) refuse(name, "a part without blanks is too long for a line");
        value.remove_prefix(next.size());
    }
    out += "\r\n";
}

}  // namespace tocsin
