#include <algorithm>
#include <array>

#include "lint/css.h"
#include "lint/html_rules.h"
#include "lint/target.h"

namespace tocsin {
namespace {

std::string_view first_word(std::string_view value) {
    return value.substr(0, value.find_first_of(" \t\r\n!"));
}

bool is_layout(std::string_view display) {
    return display == "flex" || display == "inline-flex" || display == "grid" ||
           display == "inline-grid";
}

bool is_placed(std::string_view position) {
    return position == "relative" || position == "absolute" || position == "fixed" ||
           position == "sticky";
}

bool is_unsafe_element(std::string_view name) {
    return name == "picture" || name == "svg" || name == "video" || name == "audio" ||
           name == "canvas";
}

// "0", "0 0px": Outlook has none either. `auto` centres: who writes it has a table for Outlook
// around it, in a conditional comment.
bool is_harmless_margin(std::string_view lengths) {
    lengths = lengths.substr(0, lengths.find('!'));
    for (std::string_view rest = lengths; !rest.empty();) {
        auto end = std::min(rest.find(' '), rest.size());
        std::string_view length = rest.substr(0, end);
        const bool is_zero = length.find_first_not_of("0.pxemt%") == length.npos;
        if (!is_zero && length != "auto") return false;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return true;
}

// One style sheet or attribute, and the byte of the HTML that it begins at.
class CssLint {
  public:
    CssLint(const HtmlPart& part, std::string_view text, std::size_t begin, bool of_div)
        : part_(part), text_(text), begin_(begin), of_div_(of_div) {
        is_literal_ = part.html().substr(begin, text.size()) == text;
    }

    void run() {
        const Css css = read_css(text_);
        for (std::size_t offset : css.imports) {
            part_.add("external-css", at(offset), "`@import` of a style sheet that lies elsewhere",
                      "put its rules here");
        }
        for (const CssDeclaration& declared : css.declarations) {
            if (!declared.conditional) layout(declared);
            urls(declared);
        }
    }

  private:
    // Where references stand for characters, only the beginning is known.
    std::size_t at(std::size_t offset) const { return begin_ + (is_literal_ ? offset : 0); }

    void layout(const CssDeclaration& declared) {
        const std::string_view value = first_word(declared.value);
        if (declared.property == "position" && is_placed(value)) {
            unsafe(declared, "`position` does not work in Gmail and Outlook",
                   "build the layout with tables");
        }
        if (declared.property == "display" && is_layout(value)) {
            unsafe(declared, "`display: " + std::string(value) + "` does not work in Outlook",
                   "build the layout with tables");
        }
        if (of_div_ && declared.property.starts_with("margin") &&
            !is_harmless_margin(declared.value)) {
            unsafe(declared, "Outlook ignores margins of a `<div>`",
                   "use `padding` on a `<td>`, or `margin` on a `<p>`");
        }
    }

    void unsafe(const CssDeclaration& declared, std::string message, std::string hint) {
        part_.add("unsafe-css", at(declared.offset), std::move(message), std::move(hint));
    }

    void urls(const CssDeclaration& declared) {
        auto open = declared.value.find("url(");
        if (open == std::string::npos) return;
        auto value = std::string_view(declared.value).substr(open + 4);
        value.remove_prefix(std::min(value.find_first_not_of(" \"'"), value.size()));
        const Target target = read_target(value);
        if (target.scheme == "http") {
            part_.add("insecure-link", at(declared.offset), "this image begins with `http:`",
                      "write `https:`, after a look whether it is there");
        }
        if (target.scheme == "data") {
            part_.add("data-url", at(declared.offset), "this image is a `data:` URL",
                      "put the file onto your site and write its address");
        }
    }

    const HtmlPart& part_;
    std::string_view text_;
    std::size_t begin_;
    bool of_div_;
    bool is_literal_ = false;
};

}  // namespace

void lint_css(const HtmlPart& part) {
    const auto& nodes = part.document.nodes();
    for (const HtmlNode& node : nodes) {
        if (node.kind == HtmlNode::Kind::kText) {
            if (!nodes[node.parent].is("style") || !node.offset) continue;
            CssLint(part, node.text, *node.offset, false).run();
            continue;
        }
        if (const HtmlAttribute* style = node.attribute("style")) {
            CssLint(part, style->value, style->begin, node.is("div")).run();
        }
        if (is_unsafe_element(node.name)) {
            part.add("unsafe-element", node, "`<" + node.name + ">` does not work in many programs",
                     "use `<img>`, with a link where there is more to see");
        }
    }
}

}  // namespace tocsin
