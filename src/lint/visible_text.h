// What a reader sees of an HTML part, as text that knows where it was written.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "lint/document.h"

namespace tocsin {

struct VisibleText {
    // White space is one blank, each block and `<br>` begins a line; no blanks around line ends, no
    // empty lines. Images are not in it.
    std::string text;
    std::vector<std::uint32_t> offsets;  // for each byte of `text`, that of the HTML it came from

    // In the HTML; of the last byte for what lies behind the end, 0 where there is no text.
    std::size_t offset(std::size_t at) const;
};

VisibleText visible_text(const Document& document, std::string_view html);

// Of one element, on one line, images by their `alt`; what is hidden is left out, too.
std::string text_of(const Document& document, const HtmlNode& element);

}  // namespace tocsin
