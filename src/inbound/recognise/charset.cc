#include "inbound/recognise/charset.h"

#include <algorithm>
#include <cerrno>
#include <gmime/gmime.h>
#include <optional>

#include "base/text.h"
#include "inbound/recognise/gmime_ready.h"

namespace tocsin {
namespace {

std::string from_latin1(std::string_view bytes) {
    std::string text;
    for (unsigned char c : bytes) {
        if (c < 0x80) {
            text += static_cast<char>(c);
        } else {
            text += static_cast<char>(0xC0 | c >> 6);
            text += static_cast<char>(0x80 | (c & 0x3F));
        }
    }
    return text;
}

std::string without_controls(const std::string& text) {
    std::string kept;
    kept.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\0') continue;
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
        kept += text[i] == '\r' ? '\n' : text[i];
    }
    return kept;
}

std::optional<std::string> converted(std::string_view bytes, std::string_view charset) {
    make_gmime_ready();
    const std::string name(charset);
    iconv_t converter = g_mime_iconv_open("UTF-8", g_mime_charset_iconv_name(name.c_str()));
    if (converter == reinterpret_cast<iconv_t>(-1)) return std::nullopt;
    std::string text;
    char* in = const_cast<char*>(bytes.data());
    std::size_t left = bytes.size();
    while (left > 0) {
        char buffer[4096];
        char* out = buffer;
        std::size_t room = sizeof buffer;
        const std::size_t result = iconv(converter, &in, &left, &out, &room);
        text.append(buffer, sizeof buffer - room);
        if (result != static_cast<std::size_t>(-1) || errno == E2BIG) continue;
        ++in;  // a byte that the charset does not have
        --left;
    }
    g_mime_iconv_close(converter);
    return text;
}

}  // namespace

std::string to_utf8(std::string_view bytes, std::string_view charset) {
    std::optional<std::string> text;
    const std::string name = ascii_lower(charset);
    const bool plain = name.empty() || name == "us-ascii" || name == "utf-8" || name == "ascii";
    // A mail system may forget to name the seven-bit charset of Japanese, which has escapes.
    if (plain && bytes.find("\x1b$B") != bytes.npos) text = converted(bytes, "iso-2022-jp");
    if (!plain && name.size() < 40) text = converted(bytes, name);
    if (!text) text = std::string(bytes);
    if (invalid_utf8(*text)) text = from_latin1(*text);
    return without_controls(*text);
}

}  // namespace tocsin
