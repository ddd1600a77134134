// Text beyond ASCII in headers: RFC 2047 encoded words, in UTF-8.
//
// Values come back on one line; `append_header` folds them. `used` is the column at which the value
// starts, so that the first word fits on the header's first line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tocsin {

// For Subject and its like: as it is where that can stand, encoded words otherwise.
std::string encode_unstructured(std::string_view text, std::size_t used);

// For a display name: atoms, a quoted string, or encoded words.
std::string encode_phrase(std::string_view text, std::size_t used);

}  // namespace tocsin
