#include "audience/excerpt.h"

#include "base/text.h"

namespace tocsin {

std::string well_formed(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (auto bad = invalid_utf8(text)) {
        out += text.substr(0, *bad);
        out += '?';
        text.remove_prefix(*bad + 1);
    }
    return out += text;
}

std::string shortened(std::string_view text, std::size_t most) {
    bool cut = text.size() > most;
    if (cut) {
        // Back to the beginning of a character.
        while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
        text = text.substr(0, most);
    }
    return printable(well_formed(text)) + (cut ? "…" : "");
}

}  // namespace tocsin
