// The addresses that mail programs make links of in plain text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

struct TextUrl {
    std::string url;     // as written
    std::size_t offset;  // in bytes
};

// What begins with `https://`, `http://` or `mailto:`, up to a blank, a bracket `<>` or a quote;
// punctuation at its end belongs to the sentence, and so does a `)` that nothing in it opened.
std::vector<TextUrl> text_urls(std::string_view text);

}  // namespace tocsin
