#include <doctest/doctest.h>

#include "unit/lint/html_rules.h"

using namespace tocsin;
using Lines = std::vector<std::string>;

namespace {

// A sound mail of so many bytes.
std::string of_size(std::size_t bytes) {
    std::string html = sound_html("<p>\n</p>");
    const std::size_t rendered = html.size() + kTestUnsubscribe.size() - 19;  // {{unsubscribe_url}}
    std::string filler;
    while (rendered + filler.size() < bytes) filler += filler.size() % 80 == 79 ? '\n' : 'x';
    return html.insert(html.find("\n</p>"), filler);
}

}  // namespace

TEST_CASE("html size: what Gmail cuts off is an error, what is near a warning") {
    CHECK(lint_of(of_size(92'160)) == Lines{});
    CHECK(lint_of(of_size(92'161)) == Lines{"html-large 1:1"});
    CHECK(lint_of(of_size(102'400)) == Lines{"html-large 1:1"});
    CHECK(lint_of(of_size(102'401)) == Lines{"html-too-large 1:1"});
}

TEST_CASE("html size: lines, with and without CR") {
    CHECK(lint_body(std::string(998, 'x') + "\r") == Lines{});
    CHECK(lint_body("\n" + std::string(999, 'x')) == Lines{"long-line 2:1"});
}

TEST_CASE("html size: a long cell is said of its tag") {
    const Cells cells{{"note", std::string(990, 'x')}};
    CHECK(lint_body("<p>some words {{note}}</p>", cells) == Lines{"long-line 1:15"});
}
