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

std::optional<std::string> from_base64(std::string_view text) {
    if (text.size() % 4 == 0 && text.ends_with('=')) {
        text.remove_suffix(text.ends_with("==") ? 2 : 1);
    }
    std::string bytes;
    unsigned bits = 0, held = 0;
    for (char c : text) {
        const std::size_t value = kAlphabet.find(c);
        if (value == kAlphabet.npos) return std::nullopt;
        bits = (bits << 6 | static_cast<unsigned>(value)) & 0xffff;
        held += 6;
        if (held < 8) continue;
        held -= 8;
        bytes += static_cast<char>(bits >> held & 0xff);
    }
    const bool spare = held >= 6 || (bits & ((1U << held) - 1)) != 0;
    return spare ? std::nullopt : std::optional(bytes);
}

}  // namespace tocsin
