#include <algorithm>

#include "base/text.h"
#include "lint/css.h"
#include "lint/html_rules.h"

namespace tocsin {
namespace {

const HtmlNode* meta_named(const HtmlPart& part, std::string_view name) {
    const auto& nodes = part.document.nodes();
    auto found = std::ranges::find_if(nodes, [&](const HtmlNode& node) {
        return node.is("meta") && ascii_iequals(trim(node.value("name")), name) &&
               !trim(node.value("content")).empty();
    });
    return found == nodes.end() ? nullptr : &*found;
}

// What a `<meta>` says of the character set, in lower case; empty where it says nothing of it.
std::string charset_of(const HtmlNode& node) {
    if (!node.is("meta")) return {};
    if (node.attribute("charset") != nullptr) return ascii_lower(trim(node.value("charset")));
    if (!ascii_iequals(trim(node.value("http-equiv")), "content-type")) return {};
    const std::string content = ascii_lower(node.value("content"));
    auto at = content.find("charset=");
    return at == content.npos ? "" : std::string(trim(content.substr(at + 8)));
}

void lint_charset(const HtmlPart& part) {
    for (const HtmlNode& node : part.document.nodes()) {
        const std::string charset = charset_of(node);
        if (charset.empty()) continue;
        if (charset == "utf-8" || charset == "utf8") return;
        return part.add("no-charset", node, "the mail goes out as UTF-8, but says something else",
                        "write `<meta charset=\"utf-8\">`");
    }
    part.add_lack("no-charset", "head", "the head does not name the character set",
                  "add `<meta charset=\"utf-8\">` to the head");
}

void lint_language(const HtmlPart& part) {
    if (!trim(part.document.nodes().front().value("lang")).empty()) return;
    part.add_lack("no-lang", "html", "`<html>` does not say in which language the mail is",
                  "write `<html lang=\"en\">`, with the mail's language");
}

// Told by `<meta>` or by a style sheet.
bool knows_color_scheme(const HtmlPart& part) {
    if (meta_named(part, "color-scheme") != nullptr) return true;
    const auto& nodes = part.document.nodes();
    return std::ranges::any_of(nodes, [&](const HtmlNode& node) {
        if (node.kind != HtmlNode::Kind::kText || !nodes[node.parent].is("style")) return false;
        return std::ranges::any_of(read_css(node.text).declarations, [](const auto& declared) {
            return declared.property == "color-scheme";
        });
    });
}

}  // namespace

void lint_head(const HtmlPart& part) {
    lint_language(part);
    lint_charset(part);
    if (meta_named(part, "viewport") == nullptr) {
        part.add_lack("no-viewport", "head", "the head does not set the viewport",
                      "add `<meta name=\"viewport\" content=\"width=device-width, "
                      "initial-scale=1\">`");
    }
    if (!knows_color_scheme(part)) {
        part.add_lack("no-color-scheme", "head", "the head does not say how dark mode goes",
                      "add `<meta name=\"color-scheme\" content=\"light dark\">`, or \"light\" "
                      "where the colours do not fit the dark");
    }
    for (const HtmlNode& node : part.document.nodes()) {
        if (!node.is("style") || !part.document.has_ancestor(node, "body")) continue;
        part.add("style-in-body", node, "a `<style>` stands in the body", "move it into the head");
    }
}

}  // namespace tocsin
