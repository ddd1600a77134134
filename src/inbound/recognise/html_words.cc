#include "inbound/recognise/html_words.h"

#include <algorithm>

#include "base/text.h"

namespace tocsin {
namespace {

struct Entity {
    std::string_view name, text;
};
constexpr Entity kEntities[] = {{"&lt;", "<"},   {"&gt;", ">"},   {"&amp;", "&"},
                                {"&nbsp;", " "}, {"&#39;", "'"},  {"&quot;", "\""},
                                {"&#64;", "@"},  {"&#160;", " "}, {"&apos;", "'"}};

constexpr std::string_view kUnseen[] = {"script", "style", "head", "title"};

std::string_view tag_name(std::string_view tag) {
    if (tag.starts_with('/')) tag.remove_prefix(1);
    return tag.substr(0, tag.find_first_of(" \t\r\n/>"));
}

bool breaks_line(std::string_view name) {
    for (std::string_view block : {"p", "br", "div", "tr", "li", "h1", "h2", "h3", "td", "hr"}) {
        if (ascii_iequals(name, block)) return true;
    }
    return false;
}

// Where the element that begins before `at` ends, or the end of all.
std::size_t end_of(std::string_view html, std::size_t at, std::string_view name) {
    for (std::size_t i = html.find("</", at); i != html.npos; i = html.find("</", i + 2)) {
        if (!ascii_iequals(html.substr(i + 2, name.size()), name)) continue;
        const std::size_t close = html.find('>', i);
        return close == html.npos ? html.size() : close + 1;
    }
    return html.size();
}

// Past the tag at `at`; adds the line end that it makes.
std::size_t skip_tag(std::string_view html, std::size_t at, std::string& words) {
    const bool comment = html.substr(at, 4) == "<!--";
    const std::size_t close = comment ? html.find("-->", at) : html.find('>', at);
    if (close == html.npos) return html.size();
    if (comment) return close + 3;
    const std::string_view name = tag_name(html.substr(at + 1, close - at - 1));
    if (breaks_line(name)) words += '\n';
    for (std::string_view unseen : kUnseen) {
        if (html[at + 1] != '/' && ascii_iequals(name, unseen)) return end_of(html, close, unseen);
    }
    return close + 1;
}

std::size_t add_entity(std::string_view html, std::size_t at, std::string& words) {
    for (const Entity& entity : kEntities) {
        if (!html.substr(at).starts_with(entity.name)) continue;
        words += entity.text;
        return at + entity.name.size();
    }
    words += '&';
    return at + 1;
}

bool starts_tag(char next) {
    return next == '/' || next == '!' || next == '?' || (next >= 'a' && next <= 'z') ||
           (next >= 'A' && next <= 'Z');
}

}  // namespace

std::string html_words(std::string_view html) {
    std::string words;
    for (std::size_t i = 0; i < html.size();) {
        if (html[i] == '<' && i + 1 < html.size() && starts_tag(html[i + 1])) {
            i = skip_tag(html, i, words);
        } else if (html[i] == '&') {
            i = add_entity(html, i, words);
        } else {
            words += html[i] == '\n' ? ' ' : html[i];
            ++i;
        }
    }
    return words;
}

}  // namespace tocsin
