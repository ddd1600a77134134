#include "preview/telling.h"

#include <doctest/doctest.h>

#include "unit/preview/campaign.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

const Content& sections() {
    static const Content content =
        content_of("{{#first_name}}{{first_name}}{{/first_name}}{{^first_name}}Act{{/first_name}}",
                   "<p>{{#town}}In {{town}}{{/town}}</p>");
    return content;
}

std::vector<std::string> chosen_of(const std::vector<Recipient>& people, std::size_t most = 12,
                                   const Columns& columns = {"first_name", "town", "lang"}) {
    Ready ready(sections(), columns);
    TellingPeople telling(ready.renderer(), columns);
    for (const Recipient& each : people) telling.look(each);
    return told(telling.choose(most));
}

}  // namespace

TEST_CASE("one person may tell several things, and nobody is taken who tells nothing new") {
    auto chosen = chosen_of(
        {person("bob", {"Bob", "Hull", "en"}), person("ben", {"Ben", "Hull", "en"}),
         person("empty", {"", "", "en"}), person("long", {"Wolfgang Amadeus", "Ely", "de"}),
         person("rtl", {"ליה", "Ely", "he"}), person("tag", {"<b>", "Ely", "de"}),
         person("short", {"X", "Ely", "de"})});
    CHECK(chosen == std::vector<std::string>{
                        "rtl: takes {{#first_name}}, takes {{#town}}, right-to-left first_name, "
                        "first_name beyond ASCII, language he",
                        "empty: no first_name, no town, takes {{^first_name}}, language en",
                        "tag: markup in first_name, language de", "bob: largest mail",
                        "long: longest first_name", "short: shortest first_name"});
}

TEST_CASE("where not all can be shown, the gravest come first") {
    std::vector<Recipient> people;
    for (char c = 'a'; c <= 'z'; ++c)
        people.push_back(person(std::string("l") + c, {"Ann", "Ely", std::string("x") + c}));
    people.push_back(person("empty", {"", "", ""}));
    auto chosen = chosen_of(people, 2);
    CHECK(chosen.size() == 2);
    CHECK(chosen[0].starts_with("la: takes {{#first_name}}"));
    CHECK(chosen[1].starts_with("empty: no first_name"));
}

TEST_CASE("ties go to who comes first") {
    auto chosen = chosen_of({person("a", {"Ann", "Ely", ""}), person("b", {"Bea", "Ely", ""})});
    CHECK(chosen == std::vector<std::string>{
                        "a: takes {{#first_name}}, takes {{#town}}, largest mail, longest "
                        "first_name, shortest first_name"});
}

TEST_CASE("a mail that is the same for everybody is shown once") {
    Ready ready(content_of("Act", "<p>Act</p>"), {"first_name"});
    TellingPeople telling(ready.renderer(), ready.columns);
    for (const char* name : {"a", "b", "c"}) telling.look(person(name, {"Ann"}));
    CHECK(told(telling.choose(12)) == std::vector<std::string>{"a: first of the lists"});
    CHECK(telling.choose(0).empty());
}

TEST_CASE("nobody is chosen of nobody") {
    CHECK(chosen_of({}).empty());
}

TEST_CASE("many kinds of people keep the memory bounded, and a late rare one is found") {
    Columns columns;
    std::string html;
    for (int i = 0; i < 12; ++i) {
        columns.push_back("c" + std::to_string(i));
        html += "{{#c" + std::to_string(i) + "}}x{{/c" + std::to_string(i) + "}}";
    }
    columns.push_back("late");
    Ready ready(content_of("Act", "<p>" + html + "{{late}}</p>"), columns);
    TellingPeople telling(ready.renderer(), columns);
    for (unsigned i = 0; i < 4096; ++i) {
        std::vector<std::string> cells;
        for (unsigned bit = 0; bit < 12; ++bit) cells.push_back((i >> bit) % 2 ? "1" : "");
        cells.push_back(i == 4000 ? "<" : "y");
        telling.look(person("p" + std::to_string(i), cells));
    }
    bool found = false;
    for (const std::string& line : told(telling.choose(12)))
        found |= line.starts_with("p4000:") && has(line, "markup in late");
    CHECK(found);
}
