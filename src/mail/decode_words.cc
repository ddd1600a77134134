#include "mail/decode_words.h"

#include <optional>

#include "base/text.h"
#include "mail/base64.h"

namespace tocsin {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

std::optional<std::string> from_q(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '=') {
            out += text[i] == '_' ? ' ' : text[i];
            continue;
        }
        if (i + 2 >= text.size()) return std::nullopt;
        int high = hex_digit(text[i + 1]), low = hex_digit(text[i + 2]);
        if (high < 0 || low < 0) return std::nullopt;
        out += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return out;
}

struct Word {
    std::string text;
    std::size_t length;  // in the source
};

// The encoded word that `rest` begins with.
std::optional<Word> word_at(std::string_view rest) {
    constexpr std::size_t kHead = 10;  // "=?utf-8?Q?"
    if (rest.size() < kHead || !ascii_iequals(rest.substr(0, 8), "=?utf-8?")) return std::nullopt;
    std::size_t end = rest.find("?=", kHead);
    if (rest[9] != '?' || end == std::string_view::npos) return std::nullopt;
    std::string_view content = rest.substr(kHead, end - kHead);
    auto text = rest[8] == 'Q' || rest[8] == 'q' ? from_q(content) : from_base64(content);
    if (!text) return std::nullopt;
    return Word{std::move(*text), end + 2};
}

}  // namespace

std::string decode_words(std::string_view value) {
    std::string out, blanks;
    bool after_word = false;
    for (std::size_t i = 0; i < value.size();) {
        if (value[i] == ' ' || value[i] == '\t') {
            blanks += value[i++];
            continue;
        }
        auto word = word_at(value.substr(i));
        if (!(word && after_word)) out += blanks;
        blanks.clear();
        out += word ? word->text : std::string(1, value[i]);
        i += word ? word->length : 1;
        after_word = word.has_value();
    }
    return out + blanks;
}

std::vector<HeaderField> header_fields(std::string_view message) {
    std::vector<HeaderField> fields;
    while (!message.empty()) {
        std::size_t end = message.find("\r\n");
        std::string_view line = message.substr(0, end);
        if (line.empty()) break;
        message.remove_prefix(end == std::string_view::npos ? message.size() : end + 2);
        if (line.front() == ' ' || line.front() == '\t') {
            if (!fields.empty()) fields.back().value += line;
            continue;
        }
        std::size_t colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        fields.push_back(
            {std::string(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))});
    }
    return fields;
}

}  // namespace tocsin
