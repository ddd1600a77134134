#include "lint/html_rules.h"

namespace tocsin {
namespace {

constexpr std::size_t kLongestName = 60;

// Whether `text`, which begins with a sign of a template, is one: `*|` alone is CSS as well.
bool is_tag(std::string_view text) {
    if (text.starts_with("{{")) return true;
    std::string_view name = text.substr(2, kLongestName);
    auto end = name.find("|*");
    return end != name.npos && end > 0 && name.substr(0, end).find_first_of(" <>{") == name.npos;
}

}  // namespace

// A template's own tags are gone by now: what is left came out of the data or a list, or was
// written in another mailer's way (`*|FNAME|*`).
void lint_leftovers(const HtmlPart& part) {
    for (std::string_view sign : {std::string_view("{{"), std::string_view("*|")}) {
        for (auto at = part.html().find(sign); at != std::string_view::npos;
             at = part.html().find(sign, at + sign.size())) {
            if (!is_tag(part.html().substr(at))) continue;
            part.add("unresolved-tag", at,
                     part.giver(at, "the HTML") + " has `" + std::string(sign) +
                         "`, which readers see as it is",
                     "write `{{name}}` with the name of a column or datum in the template; in data "
                     "and lists nothing is filled in");
        }
    }
}

}  // namespace tocsin
