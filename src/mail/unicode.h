// What addresses and headers need to know of Unicode. All texts are valid UTF-8.
#pragma once

#include <cstddef>
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

// Whether a character is written from right to left (Hebrew, Arabic, …), or says that what follows
// is: bidirectional classes R, AL, RLE, RLO and RLI of UAX 9.
bool has_right_to_left(std::string_view text);

// Code points, not what a reader would count: good enough to tell long from short.
std::size_t count_characters(std::string_view text);

// "U+200B"
std::string code_point_name(char32_t code_point);

}  // namespace tocsin
