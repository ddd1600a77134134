// Small text functions that know UTF-8 and do not know the locale.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tocsin {

// The offset of the first byte that is not well-formed UTF-8 (RFC 3629: no overlong forms, no
// surrogates, nothing above U+10FFFF), or nothing.
std::optional<std::size_t> invalid_utf8(std::string_view text);

// The text without spaces, tabs, CR and LF at both ends.
std::string_view trim(std::string_view text);

// Whether nobody sees anything of it: blanks of any script, characters without width, fillers. Of
// well-formed UTF-8.
bool is_invisible(std::string_view text);

// ASCII letters only; bytes of UTF-8 characters stay.
std::string ascii_lower(std::string_view text);
bool ascii_iequals(std::string_view a, std::string_view b);

// Control characters (C0, DEL) become `?`, except that a tab becomes a space: for text from files
// or servers that is shown on a terminal.
std::string printable(std::string_view text);

bool has_control(std::string_view text);

// "1 row", "2,345 rows"
std::string counted(std::size_t n, std::string_view noun);
// 2345678 → "2,345,678"
std::string grouped(std::size_t n);

// The candidate that a mistyped `word` most likely meant (Damerau-Levenshtein distance at most a
// third of its length), or empty.
std::string closest(std::string_view word, std::span<const std::string> candidates);

// "did you mean `x`?" or "" where nothing is close.
std::string did_you_mean(std::string_view word, std::span<const std::string> candidates);

}  // namespace tocsin
