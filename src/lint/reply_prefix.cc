#include "lint/reply_prefix.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"

namespace tocsin {
namespace {

// What mail programs of several languages put before the subject of a reply or a forwarded mail.
constexpr std::string_view kPrefixes[] = {
    "re",   "fw",     "fwd", "aw", "wg", "tr", "rép", "réf", "rv", "res",  "enc",  "ris",
    "antw", "doorst", "sv",  "vs", "vb", "vl", "ynt", "odp", "pd", "回复", "答复", "转发",
};

std::size_t word_length(std::string_view text) {
    auto is_letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
               static_cast<unsigned char>(c) >= 0x80;
    };
    std::size_t end = 0;
    // The wide colon and the no-break space of French are no letters.
    while (end < text.size() && is_letter(text[end]) && !text.substr(end).starts_with("：") &&
           !text.substr(end).starts_with("\u00A0")) {
        ++end;
    }
    return end;
}

// Bytes up to and with the colon behind a prefix: "[2]:", " :"; 0 where there is none.
std::size_t colon_length(std::string_view text) {
    std::size_t at = 0;
    if (text.starts_with('[')) {
        at = text.find_first_not_of("0123456789", 1);
        if (at == std::string_view::npos || at == 1 || text[at] != ']') return 0;
        ++at;
    }
    for (std::string_view blank : {" ", "\u00A0"}) {
        if (text.substr(at).starts_with(blank)) at += blank.size();
    }
    if (text.substr(at).starts_with(':')) return at + 1;
    return text.substr(at).starts_with("：") ? at + std::string_view("：").size() : 0;
}

}  // namespace

std::string_view reply_prefix(std::string_view subject) {
    subject.remove_prefix(std::min(subject.find_first_not_of(" \t"), subject.size()));
    const std::size_t word = word_length(subject);
    bool is_known = std::ranges::any_of(kPrefixes, [&](std::string_view prefix) {
        return ascii_iequals(prefix, subject.substr(0, word));
    });
    if (!is_known) return {};
    const std::size_t colon = colon_length(subject.substr(word));
    return colon > 0 ? subject.substr(0, word + colon) : std::string_view();
}

}  // namespace tocsin
