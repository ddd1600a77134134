#include <algorithm>
#include <array>

#include "base/text.h"
#include "lint/html_rules.h"

namespace tocsin {
namespace {

bool is_active(std::string_view name) {
    static constexpr std::array<std::string_view, 12> kNames = {
        "applet", "button", "embed",  "form",   "frame",  "frameset",
        "iframe", "input",  "object", "script", "select", "textarea"};
    return std::ranges::binary_search(kNames, name);
}

// `onclick` and its like: what a browser would run.
bool is_handler(std::string_view attribute) {
    return attribute.size() > 2 && attribute.starts_with("on");
}

void lint_activity(const HtmlPart& part, const HtmlNode& node) {
    if (is_active(node.name)) {
        part.add("active-content", node, "`<" + node.name + ">` does nothing in a mail",
                 "take it out; a link to a page on your site can do what it should");
    }
    for (const HtmlAttribute& attribute : node.attributes) {
        if (!is_handler(attribute.name)) continue;
        part.add("active-content", attribute.begin,
                 "`" + printable(attribute.name) + "` would run a script",
                 "take the attribute out; mails cannot run anything");
    }
}

bool has_word(std::string_view words, std::string_view word) {
    const std::string padded = " " + ascii_lower(words) + " ";
    return padded.find(" " + std::string(word) + " ") != padded.npos;
}

void lint_document_wide(const HtmlPart& part, const HtmlNode& node) {
    if (node.is("base")) {
        part.add("base-element", node, "`<base>` would change where links lead",
                 "take it out and write every link in full, beginning with `https://`");
    }
    if (node.is("meta") && ascii_iequals(trim(node.value("http-equiv")), "refresh")) {
        part.add("meta-refresh", node, "the mail would move to another page by itself",
                 "take `<meta http-equiv=\"refresh\">` out and write a link");
    }
    if (node.is("link") && has_word(node.value("rel"), "stylesheet")) {
        part.add("external-css", node, "a style sheet that lies elsewhere",
                 "put its rules into a `<style>` in the head, and those that matter into `style` "
                 "attributes");
    }
}

}  // namespace

void lint_safety(const HtmlPart& part) {
    for (const HtmlNode& node : part.document.nodes()) {
        if (node.kind != HtmlNode::Kind::kElement) continue;
        lint_activity(part, node);
        lint_document_wide(part, node);
    }
}

}  // namespace tocsin
