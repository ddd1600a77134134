// What a style sheet or a `style` attribute says, as far as the lint asks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

struct CssDeclaration {
    std::string property;  // in lower case
    std::string value;     // in lower case, without comments
    std::size_t offset;    // of the property
    bool conditional;      // inside `@media` or the like: for programs that know it
};

struct Css {
    std::vector<CssDeclaration> declarations;
    std::vector<std::size_t> imports;  // where an `@import` stands
};

// Any text gives some; what is no CSS is left out.
Css read_css(std::string_view text);

}  // namespace tocsin
