#include "campaign/page_texts_reader.h"

#include "base/text.h"
#include "campaign/quote.h"

namespace tocsin {
namespace {

const Vocabulary& text_keys() {
    static const Vocabulary keys = [] {
        Vocabulary made{"a language of `texts`", {}};
        for (const auto& [key, text] : english_texts()) made.known.push_back(key);
        return made;
    }();
    return keys;
}

// The first `{word}` that this key's English does not have, or empty.
std::string strange_word(const std::string& key, std::string_view text) {
    const std::string& english = english_texts().find(key)->second;
    for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
        auto close = text.find('}', open);
        std::string word(text.substr(open, close == text.npos ? close : close - open + 1));
        if (close == text.npos || english.find(word) == english.npos) return word;
    }
    return "";
}

void read_text(const Map& map, const std::string& key, TextsOfLanguage& into) {
    auto node = map.find(key);
    auto line = node ? node->line() : std::nullopt;
    if (!line) return;
    std::string strange = strange_word(key, line->text);
    if (strange.empty()) {
        into[key] = line->text;
        return;
    }
    node->error("bad-text", node->name() + " cannot have " + in_backquotes(strange),
                "in English it is: " + english_texts().find(key)->second);
}

void read_language(const Node& node, const std::string& language, PageTexts& into) {
    auto map = Map::read(node, text_keys());
    if (!map) return;
    if (language != "en") map->need(text_keys().known);
    TextsOfLanguage& texts = into[language];
    for (const std::string& key : text_keys().known) read_text(*map, key, texts);
}

}  // namespace

PageTexts read_page_texts(const Node& node) {
    PageTexts texts;
    for (const auto& [name, member] : node.members()) {
        std::string language = ascii_lower(name);
        if (!is_language_tag(language)) {
            member.error_at(member.key_place(), "bad-language",
                            in_backquotes(name) + " is no language tag",
                            "write it as `de` or `pt-BR`");
        } else if (texts.contains(language)) {
            member.error_at(member.key_place(), "repeated-language",
                            in_backquotes(name) + " stands here twice");
        } else {
            read_language(member, language, texts);
        }
    }
    return texts;
}

}  // namespace tocsin
