#include "transport/imap/folder_name.h"

#include <algorithm>
#include <cstdint>

#include "mail/base64.h"

namespace tocsin {
namespace {

bool is_plain(char c) {
    return c >= ' ' && c <= '~';
}

void append_unit(std::string& out, std::uint32_t unit) {
    out += static_cast<char>(unit >> 8);
    out += static_cast<char>(unit & 0xFF);
}

// UTF-16, big-endian, of valid UTF-8.
std::string utf16(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        auto first = static_cast<unsigned char>(text[i++]);
        int more = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0;
        std::uint32_t code = more == 0 ? first : first & (0x3FU >> more);
        for (; more > 0 && i < text.size(); --more) {
            code = code << 6 | (static_cast<unsigned char>(text[i++]) & 0x3F);
        }
        if (code < 0x10000) {
            append_unit(out, code);
        } else {
            append_unit(out, 0xD800 + ((code - 0x10000) >> 10));
            append_unit(out, 0xDC00 + ((code - 0x10000) & 0x3FF));
        }
    }
    return out;
}

std::string shifted(std::string_view text) {
    std::string base64;
    append_base64(base64, utf16(text));
    while (base64.ends_with('=')) base64.pop_back();
    std::replace(base64.begin(), base64.end(), '/', ',');
    return "&" + base64 + "-";
}

}  // namespace

std::string quoted_folder(std::string_view folder) {
    std::string out = "\"";
    while (!folder.empty()) {
        auto plain = std::find_if_not(folder.begin(), folder.end(), is_plain) - folder.begin();
        for (char c : folder.substr(0, static_cast<std::size_t>(plain))) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
            if (c == '&') out += '-';
        }
        folder.remove_prefix(static_cast<std::size_t>(plain));
        auto other = std::find_if(folder.begin(), folder.end(), is_plain) - folder.begin();
        if (other > 0) out += shifted(folder.substr(0, static_cast<std::size_t>(other)));
        folder.remove_prefix(static_cast<std::size_t>(other));
    }
    return out + "\"";
}

}  // namespace tocsin
