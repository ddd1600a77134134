// Small decoders, written apart from the encoders that they check, and the properties of lines.
#pragma once

#include <algorithm>
#include <doctest/doctest.h>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin::test {

// Splits at CR LF and fails on any other CR or LF.
inline std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        auto end = text.find("\r\n");
        lines.emplace_back(text.substr(0, end));
        REQUIRE(lines.back().find_first_of("\r\n") == std::string::npos);
        text.remove_prefix(end == text.npos ? text.size() : end + 2);
    }
    return lines;
}

inline bool is_printable_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c == '\t' || (c >= ' ' && c <= '~'); });
}

inline int hex_digit(char c) {
    auto at = std::string_view("0123456789ABCDEF").find(c);
    REQUIRE(at != std::string_view::npos);
    return static_cast<int>(at);
}

inline char hex_byte(std::string_view digits) {
    return static_cast<char>(hex_digit(digits.at(0)) * 16 + hex_digit(digits.at(1)));
}

inline std::string decode_quoted_printable(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '=') {
            out += text[i];
        } else if (text.substr(i + 1, 2) == "\r\n") {
            i += 2;
        } else {
            out += hex_byte(text.substr(i + 1, 2));
            i += 2;
        }
    }
    return out;
}

inline std::string decode_base64(std::string_view text) {
    std::string out;
    unsigned bits = 0;
    int count = 0;
    for (char c : text) {
        if (c == '=' || c == '\r' || c == '\n') continue;
        auto value =
            std::string_view("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
                .find(c);
        REQUIRE(value != std::string_view::npos);
        bits = bits << 6 | static_cast<unsigned>(value);
        count += 6;
        if (count >= 8) out += static_cast<char>(bits >> (count -= 8) & 0xFF);
    }
    return out;
}

// The text of one encoded word, RFC 2047.
inline std::string decode_word(std::string_view word) {
    REQUIRE(word.starts_with("=?utf-8?"));
    REQUIRE(word.ends_with("?="));
    std::string_view content = word.substr(10, word.size() - 12);
    if (word[8] == 'B') return decode_base64(content);
    std::string q;
    for (char c : content) q += c == '_' ? ' ' : c;
    return decode_quoted_printable(q);
}

}  // namespace tocsin::test
