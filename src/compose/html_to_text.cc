#include "compose/html_to_text.h"

#include <algorithm>
#include <array>
#include <libxml/HTMLparser.h>
#include <memory>
#include <vector>

#include "base/text.h"
#include "compose/text_layout.h"

namespace tocsin {
namespace {

// Deeper nesting than any mail has; what lies below is left out.
constexpr int kDeepest = 250;

std::string_view view(const xmlChar* text) {
    return text == nullptr ? std::string_view() : reinterpret_cast<const char*>(text);
}

std::string attribute(xmlNode* node, const char* name) {
    std::unique_ptr<xmlChar, decltype(xmlFree)> value(
        xmlGetProp(node, reinterpret_cast<const xmlChar*>(name)), xmlFree);
    return std::string(view(value.get()));
}

template <std::size_t N>
bool among(std::string_view name, const std::array<std::string_view, N>& names) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_left_out(xmlNode* node, std::string_view name) {
    static constexpr std::array<std::string_view, 6> kNames = {"head",  "style",    "script",
                                                               "title", "template", "noscript"};
    if (among(name, kNames) || xmlHasProp(node, BAD_CAST "hidden") != nullptr) return true;
    std::string style = ascii_lower(attribute(node, "style"));
    std::erase(style, ' ');
    return style.find("display:none") != std::string::npos;
}

// Blocks that stand apart from their neighbours by an empty line.
bool is_paragraph(std::string_view name) {
    static constexpr std::array<std::string_view, 12> kNames = {
        "p", "ul", "ol", "dl", "table", "blockquote", "pre", "h3", "h4", "h5", "h6", "form"};
    return among(name, kNames);
}

// Blocks that only begin a new line.
bool is_line(std::string_view name) {
    static constexpr std::array<std::string_view, 14> kNames = {
        "div",    "tr",     "td",   "th",      "li",      "dt",      "dd",
        "header", "footer", "main", "section", "article", "address", "center"};
    return among(name, kNames);
}

// "https://www.harbour.example/" → "harbour.example": what a link's text may show of its target.
std::string bare(std::string_view target) {
    for (std::string_view lead : {"mailto:", "tel:", "https://", "http://", "www."}) {
        if (target.starts_with(lead)) target.remove_prefix(lead.size());
    }
    if (target.ends_with('/')) target.remove_suffix(1);
    return ascii_lower(target);
}

class Converter {
  public:
    std::string convert(xmlNode* root) {
        walk(root, 0);
        list_targets();
        return layout_.finish();
    }

  private:
    void walk(xmlNode* node, int depth) {
        for (; node != nullptr && depth < kDeepest; node = node->next) {
            if (node->type == XML_TEXT_NODE) layout_.add(view(node->content));
            if (node->type == XML_ELEMENT_NODE) element(node, depth + 1);
        }
    }

    void element(xmlNode* node, int depth) {
        std::string_view name = view(node->name);
        if (is_left_out(node, name)) return;
        if (name == "br") return layout_.line_break();
        if (name == "img") return layout_.add(attribute(node, "alt"));
        if (name == "hr") return rule();
        if (name == "a") return link(node, depth);
        if (name == "h1" || name == "h2") return heading(node, depth, name == "h1" ? '=' : '-');
        if (name == "pre") return layout_.add_verbatim(content_of(node));
        block(node, name, depth);
    }

    void block(xmlNode* node, std::string_view name, int depth) {
        bool paragraph = is_paragraph(name);
        bool apart = paragraph || is_line(name);
        if (apart) layout_.end_block(paragraph);
        int indents = indent(node, name);
        walk(node->children, depth);
        if (apart) layout_.end_block(paragraph);
        for (; indents > 0; --indents) layout_.pop_indent();
        if (name == "ol" || name == "ul") lists_.pop_back();
    }

    // Opens what indents the block's content; says how many levels that were.
    int indent(xmlNode*, std::string_view name) {
        if (name == "ul" || name == "ol") {
            lists_.push_back(name == "ol" ? 1 : 0);
            return 0;
        }
        if (name == "blockquote") {
            layout_.push_indent("> ", "> ");
            return 1;
        }
        if (name != "li") return 0;
        bool numbered = !lists_.empty() && lists_.back() > 0;
        std::string mark = numbered ? std::to_string(lists_.back()++) + ". " : "* ";
        layout_.push_indent(mark, std::string(mark.size(), ' '));
        return 1;
    }

    void heading(xmlNode* node, int depth, char mark) {
        layout_.end_block(true);
        walk(node->children, depth);
        layout_.underline(mark);
    }

    void rule() {
        layout_.end_block(true);
        layout_.add("----------------------------------------");
        layout_.end_block(true);
    }

    void link(xmlNode* node, int depth) {
        walk(node->children, depth);
        std::string target(trim(attribute(node, "href")));
        std::string shown(trim(content_of(node)));
        bool worth_showing =
            !target.empty() && target.front() != '#' && bare(target) != bare(shown);
        if (worth_showing) layout_.add(" [" + std::to_string(footnote(target)) + "]");
    }

    std::size_t footnote(const std::string& target) {
        auto known = std::find(targets_.begin(), targets_.end(), target);
        if (known == targets_.end()) known = targets_.insert(known, target);
        return static_cast<std::size_t>(known - targets_.begin()) + 1;
    }

    void list_targets() {
        layout_.end_block(true);
        for (std::size_t i = 0; i < targets_.size(); ++i) {
            layout_.add_line("[" + std::to_string(i + 1) + "] " + printable(targets_[i]));
        }
    }

    static std::string content_of(xmlNode* node) {
        std::unique_ptr<xmlChar, decltype(xmlFree)> content(xmlNodeGetContent(node), xmlFree);
        return std::string(view(content.get()));
    }

    TextLayout layout_;
    std::vector<int> lists_;  // the open lists: next number, or 0 for bullets
    std::vector<std::string> targets_;
};

}  // namespace

std::string html_to_text(std::string_view html) {
    if (html.empty()) return {};
    constexpr int kOptions = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                             HTML_PARSE_NONET | HTML_PARSE_COMPACT;
    std::unique_ptr<xmlDoc, decltype(&xmlFreeDoc)> document(
        htmlReadMemory(html.data(), static_cast<int>(html.size()), nullptr, "UTF-8", kOptions),
        xmlFreeDoc);
    if (!document) return {};
    return Converter().convert(xmlDocGetRootElement(document.get()));
}

}  // namespace tocsin
