#include <doctest/doctest.h>

#include "unit/lint/html_rules.h"

using namespace tocsin;
using Lines = std::vector<std::string>;

namespace {

std::string replaced(const std::string& what, const std::string& with) {
    std::string html = sound_html("");
    REQUIRE(html.find(what) != std::string::npos);
    return html.replace(html.find(what), what.size(), with);
}

}  // namespace

TEST_CASE("html duties: the address, however it is set") {
    const std::string address = "1 Quay Street, Port Anwen";
    for (const char* set :
         {"1 QUAY Street<br>Port&nbsp;Anwen", "1&nbsp;Quay <b>Street</b> · Port\nAnwen",
          "<table><tr><td>1 Quay Street<td>Port Anwen</table>"}) {
        CHECK_MESSAGE(lint_of(replaced(address, set)) == Lines{}, set);
    }
    for (const char* set : {"", "1 Quay Street", "11 Quay Street, Port Anwen",
                            "<span hidden>1 Quay Street, Port Anwen</span>"}) {
        CHECK_MESSAGE(lint_of(replaced(address, set)) == Lines{"no-postal-address 7:8"}, set);
    }
}

TEST_CASE("html duties: a privacy notice, by its text or its address") {
    const std::string link = "<a href=\"https://harbour.example/privacy\">privacy</a>";
    CHECK(lint_of(replaced(link, "")) == Lines{"no-privacy-link 7:8"});
    CHECK(lint_of(replaced(link, "<a href='https://harbour.example/p'>How we use your data</a>")) ==
          Lines{});
    CHECK(lint_of(replaced(link, "<a href='https://harbour.example/PRIVACY'>here</a>")) == Lines{});
    CHECK(lint_of(replaced(link, "privacy")) == Lines{"no-privacy-link 7:8"});
}

TEST_CASE("html duties: why the mail came, in languages that are known") {
    const std::string reason = "You get this mail because you joined us.";
    CHECK(lint_of(replaced(reason, "Good day.")) == Lines{"no-reason 7:8"});
    std::string german =
        replaced(reason, "Sie ERHALTEN diese Mail, weil Sie unterschrieben haben.");
    german.replace(german.find("lang=\"en\""), 9, "lang=\"de\"");
    CHECK(lint_of(german) == Lines{});
    std::string basque = replaced(reason, "Egun on.");
    basque.replace(basque.find("lang=\"en\""), 9, "lang=\"eu\"");
    CHECK(lint_of(basque) == Lines{});
}
