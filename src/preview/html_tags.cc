#include "preview/html_tags.h"

#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::string_view kBlanks = " \t\r\n\f";

bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::size_t skip_blanks(std::string_view html, std::size_t at) {
    return std::min(html.find_first_not_of(kBlanks, at), html.size());
}

// Reads the value behind a `=`; moves `at` behind it.
std::string read_value(std::string_view html, std::size_t& at) {
    if (at < html.size() && (html[at] == '"' || html[at] == '\'')) {
        std::size_t end = std::min(html.find(html[at], at + 1), html.size());
        std::string value(html.substr(at + 1, end - at - 1));
        at = std::min(end + 1, html.size());
        return value;
    }
    std::size_t end = std::min(html.find_first_of(" \t\r\n\f>", at), html.size());
    std::string value(html.substr(at, end - at));
    at = end;
    return value;
}

// The start tag at `at`, which is a `<` before a letter; moves `at` behind its `>`.
HtmlTag read_tag(std::string_view html, std::size_t& at) {
    std::size_t end = std::min(html.find_first_of(" \t\r\n\f/>", at + 1), html.size());
    HtmlTag tag{ascii_lower(html.substr(at + 1, end - at - 1)), {}};
    at = end;
    while ((at = skip_blanks(html, at)) < html.size() && html[at] != '>') {
        if (html[at] == '/') {
            tag.self_closing = ++at < html.size() && html[at] == '>';
            continue;
        }
        // A `=` at its beginning is part of a name: HTML, section 13.2.5.32.
        end = std::min(html.find_first_of(" \t\r\n\f/>=", at + 1), html.size());
        HtmlAttribute attribute{ascii_lower(html.substr(at, end - at)), ""};
        at = skip_blanks(html, end);
        if (at < html.size() && html[at] == '=') {
            at = skip_blanks(html, at + 1);
            attribute.value = read_value(html, at);
        }
        tag.attributes.push_back(std::move(attribute));
    }
    at = std::min(at + 1, html.size());
    return tag;
}

// Where the next `</style` or the like begins.
std::size_t end_of_raw_text(std::string_view html, std::size_t at, std::string_view name) {
    for (; (at = html.find("</", at)) != std::string_view::npos; ++at) {
        if (ascii_iequals(html.substr(at + 2, name.size()), name)) return at;
    }
    return html.size();
}

}  // namespace

const std::string* HtmlTag::find(std::string_view wanted) const {
    for (const HtmlAttribute& attribute : attributes) {
        if (attribute.name == wanted) return &attribute.value;
    }
    return nullptr;
}

std::string written(const HtmlTag& tag) {
    std::string out = "<" + tag.name;
    for (const HtmlAttribute& attribute : tag.attributes) {
        out += " " + attribute.name + "=\"";
        for (char c : attribute.value) out += c == '"' ? std::string("&quot;") : std::string(1, c);
        out += '"';
    }
    return out + (tag.self_closing ? "/>" : ">");
}

std::string copy_html(std::string_view html, const std::function<bool(HtmlTag&)>& rewrite,
                      const std::function<std::string(std::string_view)>& style) {
    std::string out;
    std::size_t copied = 0;
    for (std::size_t at = 0; (at = html.find('<', at)) != std::string_view::npos;) {
        if (html.substr(at, 4) == "<!--") {
            at = std::min(html.find("-->", at), html.size());
            continue;
        }
        if (at + 1 >= html.size() || !is_letter(html[at + 1])) {
            ++at;
            continue;
        }
        const std::size_t begin = at;
        HtmlTag tag = read_tag(html, at);
        out += html.substr(copied, begin - copied);
        out += rewrite(tag) ? written(tag) : std::string(html.substr(begin, at - begin));
        copied = at;
        if (tag.name != "style" && tag.name != "script" && tag.name != "title") continue;
        std::size_t end = end_of_raw_text(html, at, tag.name);
        if (tag.name == "style") {
            out += style(html.substr(at, end - at));
            copied = end;
        }
        at = end;
    }
    return out + std::string(html.substr(copied));
}

std::size_t beginning_of_head(std::string_view html) {
    std::size_t place = 0;
    for (std::size_t at = 0; (at = html.find('<', at)) != std::string_view::npos;) {
        if (html.substr(at, 4) == "<!--") {
            at = std::min(html.find("-->", at), html.size());
        } else if (ascii_iequals(html.substr(at, 9), "<!doctype")) {
            at = place = std::min(html.find('>', at), html.size() - 1) + 1;
        } else if (at + 1 < html.size() && is_letter(html[at + 1])) {
            HtmlTag tag = read_tag(html, at);
            if (tag.name != "html" && tag.name != "head") return place;
            place = at;
            if (tag.name == "head") return place;
        } else {
            ++at;
        }
    }
    return place;
}

}  // namespace tocsin
