#include "lint/personal_links.h"

#include <doctest/doctest.h>

#include "lint/sketches.h"
#include "unit/lint/audience_fixture.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

// "column rest", "(loose)" behind what only text shows.
std::vector<std::string> links_in(const std::string& html, const std::string& text) {
    Content content = test_content(html, text);
    LintedAudience people(content, {"name", "page", "site"});
    std::vector<std::string> lines;
    auto& composer = people.composer();
    for (const PersonalLink& link :
         personal_links(sketches(composer), composer.renderer(), content)) {
        lines.push_back(link.name + " " + link.rest + (link.loose ? " (loose)" : ""));
    }
    return lines;
}

using Lines = std::vector<std::string>;

std::string led(const PersonalLink& link, const char* cell) {
    PersonalTarget target = target_for(link, cell);
    constexpr const char* kNames[] = {"safely", "openly", "to script", "nowhere"};
    return std::string(kNames[static_cast<int>(target.leads)]) + " " + target.host;
}

}  // namespace

TEST_CASE("personal links: those whose target begins with a column, in every branch") {
    CHECK(
        links_in("<a href='{{page}}'>{{name}}</a>{{^name}}<a href=\"{{site}}/sign\">x</a>{{/name}}"
                 "<a href='https://x.example/{{name}}'>y</a>",
                 "") == Lines{"page ", "site /sign"});
}

TEST_CASE("personal links: in a text every printed column may be one") {
    CHECK(links_in("", "Dear {{name}}, sign: {{page}}\n") ==
          Lines{"name  (loose)", "page  (loose)"});
    CHECK(links_in("<a href='{{page}}'>x</a>", "Sign: {{page}}\n") == Lines{"page "});
}

TEST_CASE("personal links: where each person's leads") {
    const PersonalLink link{0, "page", "/sign", {}, false};
    CHECK(led(link, "https://Act.harbour.example") == "safely act.harbour.example");
    CHECK(led(link, "http://act.harbour.example:80") == "openly act.harbour.example");
    CHECK(led(link, "javascript:alert(1)") == "to script ");
    CHECK(led(link, "DATA:text/html,x") == "to script ");
    CHECK(led(link, "act.harbour.example") == "nowhere ");
    CHECK(led(link, "mailto:a@b.example") == "safely ");
    CHECK(led(link, "") == "safely ");
}

TEST_CASE("personal links: a name in a text is no link that leads nowhere") {
    const PersonalLink link{0, "name", "", {}, true};
    CHECK(led(link, "Ann") == "safely ");
    CHECK(led(link, "http://x.example") == "openly x.example");
}
