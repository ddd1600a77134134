#include "preview/resources.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("style and script fit into their elements, and ask for nothing") {
    for (std::string_view text : {page_style(), page_script()}) {
        CHECK(text.size() > 1000);
        for (const char* part : {"</", "<!--", "\r", "http:", "https:", "@import", "url("})
            CHECK(text.find(part) == std::string_view::npos);
    }
}
