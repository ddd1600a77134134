// The text part that is made from the HTML where a campaign has none of its own.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

// Readable plain text, lines of about 72 characters: headings underlined, lists with `*` or
// numbers, quotations with `>`, table cells that are layout as paragraphs; links as footnotes `[1]`
// with their targets listed at the end (each target once; a link whose text is its target gets
// none); images by their `alt`; `style`, `script`, `head` and hidden elements left out. Any input
// gives some text; never fails.
std::string html_to_text(std::string_view html);

}  // namespace tocsin
