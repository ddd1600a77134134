// The words of the pages that `tocsin serve` shows. English is built in; `unsubscribe.texts` of
// tocsin.yaml gives other languages, or another English.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

namespace tocsin {

// One language: each key of `english_texts`. `{organisation}`, `{list}` and `{date}` stand for
// themselves where the key's English has them.
using TextsOfLanguage = std::map<std::string, std::string, std::less<>>;
// By language tag in lower case: "de", "pt-br".
using PageTexts = std::map<std::string, TextsOfLanguage, std::less<>>;

const TextsOfLanguage& english_texts();

// "en", "de", "pt-br": letters and digits in groups of up to eight, the first of two or three
// letters. In lower case.
bool is_language_tag(std::string_view tag);

}  // namespace tocsin
