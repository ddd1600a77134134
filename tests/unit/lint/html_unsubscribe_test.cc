#include <doctest/doctest.h>

#include "unit/lint/html_rules.h"

using namespace tocsin;
using Lines = std::vector<std::string>;

namespace {

// A sound mail whose unsubscribe link is `link` instead.
std::string with_link(const std::string& link) {
    std::string html = sound_html("");
    const std::string own = "<a href=\"{{unsubscribe_url}}\">Leave</a>";
    return html.replace(html.find(own), own.size(), link);
}

}  // namespace

TEST_CASE("html unsubscribe: no link is said of the body") {
    CHECK(lint_of(with_link("")) == Lines{"no-unsubscribe-link 7:8"});
    CHECK(lint_of(with_link("<a href=\"{{view_url}}\">Read online</a>")) ==
          Lines{"no-unsubscribe-link 7:8"});
    CHECK(lint_of(with_link("{{unsubscribe_url}}")) == Lines{"no-unsubscribe-link 7:8"});
    CHECK(lint_of(with_link("<a href='https://u.harbour.example/u/'>Leave</a>")) ==
          Lines{"no-unsubscribe-link 7:8"});
}

TEST_CASE("html unsubscribe: a link that nobody sees stands at its place") {
    for (const char* link : {"<a href=\"{{unsubscribe_url}}\"></a>",
                             "<a href=\"{{unsubscribe_url}}\" style=\"display: none\">Leave</a>",
                             "<a href=\"{{unsubscribe_url}}\"><img src='https://x.example/i.png' "
                             "width=9 alt=''></a>"}) {
        Lines found = lint_of(with_link(link));
        REQUIRE_MESSAGE(!found.empty(), link);
        CHECK_MESSAGE(found[0] == "no-unsubscribe-link 9:45", link);
    }
}

TEST_CASE("html unsubscribe: an image with a text will do, and the mailto") {
    CHECK(lint_of(with_link("<a href=\"{{unsubscribe_url}}\"><img src='https://x.example/i.png' "
                            "width=9 alt='Leave'></a>")) == Lines{});
    CHECK(lint_of(with_link("<a href='mailto:leave+preview@harbour.example'>Leave</a>")) ==
          Lines{});
}

TEST_CASE("html unsubscribe: another person's token") {
    const std::string token(52, 'a');
    CHECK(lint_body("<a href=\"https://U.harbour.example/u/" + token + "\">x</a>\n" +
                    "<a href=\"mailto:Leave+" + token + "@harbour.example?subject=x\">x</a>\n" +
                    "<a href=\"https://u.harbour.example/u/" + token + "/view\">x</a>\n" +
                    "<a href=\"{{view_url}}\">x</a>\n"
                    "<a href=\"mailto:leaves@harbour.example\">x</a>") ==
          Lines{"foreign-unsubscribe-link 1:10", "foreign-unsubscribe-link 2:10",
                "foreign-unsubscribe-link 3:10"});
}
