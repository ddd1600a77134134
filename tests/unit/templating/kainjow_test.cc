// What kainjow mustache 4.1 does, as we rely on it or work around it: an upgrade that changes one
// of these must be looked at.
#include <doctest/doctest.h>
#include <kainjow/mustache.hpp>
#include <string>
#include <vector>

namespace {

namespace mustache = kainjow::mustache;
using mustache::data;

std::string rendered(const std::string& text, const data& values) {
    return mustache::mustache(text).render(values);
}

// Notes what it is asked and what is pushed.
class Recorder : public mustache::basic_context<std::string> {
  public:
    const data* get(const std::string& name) const override {
        asked.push_back(name);
        if (name == "list") return &list;
        if (name == "yes") return &yes;
        return nullptr;
    }
    const data* get_partial(const std::string&) const override { return nullptr; }
    void push(const data*) override { asked.push_back("push"); }
    void pop() override { asked.push_back("pop"); }

    mutable std::vector<std::string> asked;
    data yes{true};
    data list = [] {
        data two{data::type::list};
        two.push_back(data{true});
        two.push_back(data{true});
        return two;
    }();
};

std::vector<std::string> asked_for(const std::string& text) {
    Recorder recorder;
    mustache::basic_context<std::string>& context = recorder;
    mustache::mustache(text).render(context);
    return recorder.asked;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("kainjow asks a context once for a section, then pushes and pops for each item") {
    CHECK(asked_for("{{#list}}{{a}}{{/list}}") ==
          Names{"list", "push", "a", "pop", "push", "a", "pop"});
    CHECK(asked_for("{{#yes}}{{a}}{{/yes}}") == Names{"yes", "push", "a", "pop"});
    CHECK(asked_for("{{#no}}{{a}}{{/no}}") == Names{"no"});
}

TEST_CASE("kainjow pushes nothing for an inverted section whose name means nothing") {
    CHECK(asked_for("{{^no}}{{a}}{{/no}}") == Names{"no", "a"});
    CHECK(asked_for("{{^yes}}{{a}}{{/yes}}") == Names{"yes"});
}

TEST_CASE("kainjow writes a text without line ends in one piece") {
    struct Pieces {
        int count = 0;
        Pieces& operator<<(const std::string&) {
            ++count;
            return *this;
        }
    } pieces;
    data values;
    values.set("x", data{"a\nb\n"});
    mustache::mustache("{{x}}{{#x}}{{x}}{{/x}}{{&x}}").render(values, pieces);
    CHECK(pieces.count == 1);
}

TEST_CASE("kainjow drops a line of blanks and sections although it is not standalone") {
    data values;
    values.set("a", data{true});
    values.set("blank", data{" "});
    CHECK(rendered(" {{#a}} {{/a}} ", values) == "");
    CHECK(rendered("{{#a}}{{&blank}}{{/a}}", values) == "");
    CHECK(rendered("|{{#a}}{{&blank}}{{/a}}", values) == "| ");
}

TEST_CASE("kainjow does not read values as templates when it prints them") {
    data values;
    values.set("a", data{"{{b}}"});
    values.set("b", data{"x"});
    CHECK(rendered("{{&a}}", values) == "{{b}}");
}

TEST_CASE("kainjow runs any text as a partial of its name") {
    data values;
    values.set("cell", data{"{{b}}"});
    values.set("b", data{"x"});
    CHECK(rendered("{{>cell}}", values) == "x");
}

TEST_CASE("kainjow leaves the lines of standalone comments and delimiters") {
    CHECK(rendered("a\n{{! x }}\nb\n", data{}) == "a\n\nb\n");
    CHECK(rendered("a\n{{=<% %>=}}\nb\n", data{}) == "a\n\nb\n");
}

TEST_CASE("kainjow takes the empty text for true") {
    data values;
    values.set("a", data{""});
    CHECK(rendered("{{#a}}x{{/a}}", values) == "x");
}

TEST_CASE("kainjow renders a missing name as nothing, without a word") {
    mustache::mustache renderer("[{{nobody}}]");
    CHECK(renderer.render(data{}) == "[]");
    CHECK(renderer.is_valid());
}

TEST_CASE("kainjow's errors are byte offsets") {
    CHECK(mustache::mustache("ab{{c").error_message() == "Unclosed tag at 2");
    CHECK(mustache::mustache("a{{#b}}").error_message() == "Unclosed section \"b\" at 1");
}
