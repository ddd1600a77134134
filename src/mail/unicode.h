// What addresses and headers need to know of Unicode. All texts are valid UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

bool is_ascii(std::string_view text);

// Normalisation form C (UAX 15): one spelling for characters that can be written in several ways.
std::string nfc(std::string_view text);

// In lower case, in normalisation form C, whatever the locale.
std::string lower_nfc(std::string_view text);

// The first character that is a blank beyond ASCII, a control (C1 too), a line or paragraph
// separator, or invisible formatting (zero width space, direction marks, soft hyphen): no address
// has one, but a copied one may. The zero width joiners of Persian and Indic spelling are let
// through.
std::optional<char32_t> invisible_character(std::string_view text);

// "U+200B"
std::string code_point_name(char32_t code_point);

}  // namespace tocsin
