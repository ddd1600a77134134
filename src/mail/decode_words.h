// Reads header fields that this program wrote, for showing them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/mime.h"

namespace tocsin {

// RFC 2047: encoded words in UTF-8 become their text, blanks between two of them go; what is none
// stays as it is. What comes out may be anything: it is for people, behind an escape.
std::string decode_words(std::string_view value);

// The fields of a message up to its first empty line, unfolded (RFC 5322 section 2.2.3), not
// decoded; a line without a colon is left out.
std::vector<HeaderField> header_fields(std::string_view message);

}  // namespace tocsin
