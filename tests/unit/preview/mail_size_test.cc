#include "preview/mail_size.h"

#include <doctest/doctest.h>

#include "unit/preview/campaign.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

std::size_t rendered(Ready& ready, const std::vector<std::string>& cells) {
    Rendered mail = ready.renderer().render(cells, {});
    return mail.html.empty() ? mail.text.size() : mail.html.size();
}

}  // namespace

TEST_CASE("the size is that of the rendered mail, whatever the shape") {
    Ready ready(content_of("Act",
                           "<p>{{name}} {{name}}{{#town}} in {{town}}{{/town}}{{^town}} nowhere at "
                           "all{{/town}}{{#capitalize}}{{name}}{{/capitalize}}</p>"),
                {"name", "town", "unused"});
    MailSize size(ready.renderer());
    for (const std::vector<std::string>& cells :
         std::vector<std::vector<std::string>>{{"Ann", "Ely", "x"},
                                               {"Ann", "", "xyz"},
                                               {std::string(500, 'a'), "Hull", ""},
                                               {"Bea", "Ærø", ""}}) {
        CHECK(size.of(cells) == rendered(ready, cells));
    }
}

TEST_CASE("without HTML it is the size of the text part") {
    Ready ready(content_of("Act", "", "Dear {{name}}\n"), {"name"});
    CHECK(MailSize(ready.renderer()).of({"Ann"}) == 9);
}

TEST_CASE("shapes beyond the most are not measured") {
    Columns columns;
    std::string html;
    for (int i = 0; i < 8; ++i) {
        columns.push_back("c" + std::to_string(i));
        html += "{{" + columns.back() + "}}";
    }
    Ready ready(content_of("Act", html), columns);
    MailSize size(ready.renderer());
    std::size_t unmeasured = 0;
    for (unsigned i = 0; i < 256; ++i) {
        std::vector<std::string> cells;
        for (unsigned bit = 0; bit < 8; ++bit) cells.push_back((i >> bit) % 2 ? "x" : "");
        unmeasured += i > 0 && size.of(cells) == 0 ? 1 : 0;
    }
    CHECK(unmeasured == 255 - MailSize::kMostShapes);
}
