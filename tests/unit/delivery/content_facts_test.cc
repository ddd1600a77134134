#include "delivery/content_facts.h"

#include <doctest/doctest.h>

#include "unit/delivery/alert.h"

using namespace tocsin;
using namespace tocsin::test;
using Lines = std::vector<std::string>;

namespace {

Lines changes_by(void (*change)(Content&)) {
    Content now = alert_content();
    change(now);
    return changes(facts_of(alert_content()), facts_of(now));
}

}  // namespace

TEST_CASE("each thing that is in the content is told by its name") {
    CHECK(changes_by([](Content& c) { c.subject.text = "Act today"; }) ==
          Lines{"`subject` was “Act”, and is “Act today”"});
    CHECK(changes_by([](Content& c) { c.templates["a.txt.mustache"] = "x"; }) ==
          Lines{"templates/a.txt.mustache has changed"});
    CHECK(changes_by([](Content& c) { c.templates["b.mustache"] = "x"; }) ==
          Lines{"templates/b.mustache is new"});
    CHECK(changes_by([](Content& c) {
              c.data = Value::Map{{"url", "https://a.example"}};
          }) == Lines{"`data.url` is new: “https://a.example”"});
    CHECK(changes_by([](Content& c) {
              c.attachments.push_back({"a.pdf", "application/pdf", "x"});
          }) == Lines{"the attachment a.pdf is new"});
    CHECK(changes_by([](Content& c) { c.organisation.name = "Quay"; }) ==
          Lines{"`organisation.name` was empty, and is “Quay”"});
    CHECK(changes_by([](Content& c) { c.fallbacks["first_name"] = "Friend"; }) ==
          Lines{"`fallbacks.first_name` is new: “Friend”"});
    CHECK(changes_by([](Content& c) { c.bounce_address = Mailbox::from("b@b.example"); }) ==
          Lines{"`bounce_address` was empty, and is “b@b.example”"});
    CHECK(changes_by([](Content& c) {
              c.rates = {{20, Milliseconds(1000)}};
          }) == Lines{"`rate` was empty, and is “20/s”"});
}

TEST_CASE("where a text stands in its file is no change") {
    CHECK(changes_by([](Content& c) { c.subject.place.line = 9; }).empty());
}

TEST_CASE("a change deep in the data is noticed, and no two data look the same") {
    auto fact = [](Value value) {
        Content content = alert_content();
        content.data = Value::Map{{"x", std::move(value)}};
        return facts_of(content).at("`data.x`");
    };
    CHECK(fact(Value::List{"a", "b"}) != fact(Value::List{"ab"}));
    CHECK(fact(Value::List{Value(true)}) != fact(Value::List{"T"}));
    CHECK(fact(Value::List{Value::Map{{"a", "b"}}}) != fact(Value::List{Value::List{"a", "b"}}));
    CHECK(fact(Value::Map{{"a", Value()}}) != fact(Value::Map{{"a", ""}}));
}
