#include <cstdint>

#include "mail/digest.h"

namespace tocsin {
namespace {

constexpr std::string_view kAlphabet = "abcdefghijklmnopqrstuvwxyz234567";

}  // namespace

std::string base32(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() * 8 + 4) / 5);
    std::uint32_t bits = 0;
    int count = 0;
    for (char c : bytes) {
        bits = (bits << 8) | static_cast<unsigned char>(c);
        count += 8;
        for (; count >= 5; count -= 5) text += kAlphabet[(bits >> (count - 5)) & 31];
    }
    if (count > 0) text += kAlphabet[(bits << (5 - count)) & 31];
    return text;
}

std::optional<std::string> from_base32(std::string_view text) {
    std::string bytes;
    bytes.reserve(text.size() * 5 / 8);
    std::uint32_t bits = 0;
    int count = 0;
    for (char c : text) {
        auto value = kAlphabet.find(c);
        if (value == kAlphabet.npos) return std::nullopt;
        bits = (bits << 5) | static_cast<std::uint32_t>(value);
        count += 5;
        if (count < 8) continue;
        count -= 8;
        bytes += static_cast<char>((bits >> count) & 0xFF);
    }
    bool spare_bits_are_zero = (bits & ((1U << count) - 1)) == 0;
    if (count >= 5 || !spare_bits_are_zero) return std::nullopt;
    return bytes;
}

}  // namespace tocsin
