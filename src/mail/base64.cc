#include "mail/base64.h"

#include <array>

namespace tocsin {
namespace {

constexpr std::string_view kAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// One to three bytes as four characters.
void append_group(std::string& out, std::string_view bytes) {
    unsigned bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
        bits = bits << 8 | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
    }
    const std::array<char, 4> group = {kAlphabet[bits >> 18], kAlphabet[(bits >> 12) & 63],
                                       bytes.size() > 1 ? kAlphabet[(bits >> 6) & 63] : '=',
                                       bytes.size() > 2 ? kAlphabet[bits & 63] : '='};
    out.append(group.data(), group.size());
}

}  // namespace

void append_base64(std::string& out, std::string_view bytes) {
    for (std::size_t i = 0; i < bytes.size(); i += 3) append_group(out, bytes.substr(i, 3));
}

void append_base64_lines(std::string& out, std::string_view bytes) {
    constexpr std::size_t kBytesPerLine = 57;  // 76 characters
    out.reserve(out.size() + bytes.size() / kBytesPerLine * 78 + 80);
    for (std::size_t i = 0; i < bytes.size(); i += kBytesPerLine) {
        if (i > 0) out += "\r\n";
        append_base64(out, bytes.substr(i, kBytesPerLine));
    }
}

}  // namespace tocsin
