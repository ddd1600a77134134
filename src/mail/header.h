// The one door by which header fields get into a message.
//
// Nothing passes that could start another field or end the header block: a control character (tab,
// CR and LF among them), bytes that are no UTF-8, or a name with other than printable ASCII throws
// std::invalid_argument. Callers have checked what users wrote, so that is a fault of ours.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tocsin {

// RFC 2047 section 2: a line with an encoded word has at most 76 characters.
constexpr std::size_t kHeaderLine = 76;

enum class HeaderCharset { kAscii, kUtf8 };

// Throws if `value` cannot stand in the header `name`.
void check_header_text(std::string_view name, std::string_view value,
                       HeaderCharset charset = HeaderCharset::kUtf8);

// Whether `append_header` can fold the value into lines of `most`: its longest run of blanks and
// the word after it.
bool is_foldable(std::string_view value, std::size_t most);

// Appends `Name: value` CR LF, folded before blanks of the value (RFC 5322 section 2.2.3) into
// lines of up to `kHeaderLine` bytes where there are blanks. Throws where a line would exceed 998
// bytes.
void append_header(std::string& out, std::string_view name, std::string_view value,
                   HeaderCharset charset = HeaderCharset::kAscii);

}  // namespace tocsin
