#include "lint/greeting.h"
#include "lint/html_rules.h"

namespace tocsin {

void lint_greeting(const HtmlPart& part) {
    auto fault = greeting_fault(part.visible.text);
    if (!fault) return;
    const std::size_t at = part.visible.offset(fault->offset);
    const std::string text = part.visible.text.substr(fault->offset, fault->length);
    if (fault->kind == GreetingFault::Kind::kEmpty) {
        return part.add("empty-greeting", at, "the greeting comes out as “" + text + "”",
                        "give the field a fallback, or leave the greeting out with a section: "
                        "`{{#first_name}}Dear {{first_name}},{{/first_name}}`");
    }
    part.add("dear-friend", at, "“" + text + "” greets nobody in particular",
             "greet people by name, or by what joins you: “Dear neighbour”");
}

}  // namespace tocsin
