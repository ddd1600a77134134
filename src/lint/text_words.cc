#include "lint/greeting.h"
#include "lint/text_rules.h"

namespace tocsin {
namespace {

// A template's own tags are gone by now: what is left came out of the data.
void lint_tags(const PlainText& text) {
    for (auto at = text.text().find("{{"); at != std::string_view::npos;
         at = text.text().find("{{", at + 2)) {
        if (text.is_field(at)) continue;
        text.add("unresolved-tag", at,
                 std::string(text.name) + " has `{{`, which readers see as it is",
                 "in data nothing is filled in: write the tag in the template itself");
    }
}

void lint_greetings(const PlainText& text) {
    auto fault = greeting_fault(text.text());
    if (!fault) return;
    const std::string words(text.text().substr(fault->offset, fault->length));
    if (fault->kind == GreetingFault::Kind::kNobody) {
        return text.add("dear-friend", fault->offset, "“" + words + "” greets nobody in particular",
                        "greet people by name, or by what joins you: “Dear neighbour”");
    }
    text.add("empty-greeting", fault->offset, "the greeting comes out as “" + words + "”",
             "give the field a fallback, or leave the greeting out with a section: "
             "`{{#first_name}}Dear {{first_name}},{{/first_name}}`");
}

}  // namespace

void lint_words(const PlainText& text) {
    lint_tags(text);
    lint_greetings(text);
}

}  // namespace tocsin
