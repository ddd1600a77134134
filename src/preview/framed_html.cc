#include "preview/framed_html.h"

#include <algorithm>
#include <cstdlib>

#include "base/html.h"
#include "base/text.h"
#include "preview/html_tags.h"

namespace tocsin {
namespace {

// A picture that no reader has: shown as a missing one, with its `alt`.
constexpr std::string_view kNothing = "data:,";
constexpr std::size_t kNear = 200;  // bytes behind a name within which its value is looked for

bool is_remote(std::string_view url) {
    return !trim(url).empty() && !ascii_iequals(trim(url).substr(0, 5), "data:");
}

// "hero.jpg" of "https://harbour.example/img/hero.jpg?v=2"
std::string last_part(std::string_view url) {
    url = trim(url).substr(0, trim(url).find_first_of("?#"));
    std::size_t slash = url.find_last_of('/');
    std::string_view name = slash == std::string_view::npos ? url : url.substr(slash + 1);
    return std::string(name.empty() ? "picture" : name.substr(0, 40));
}

std::string percent_encoded(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    constexpr std::string_view kPlain = "-_.~";
    std::string out;
    for (char c : text) {
        auto byte = static_cast<unsigned char>(c);
        bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     kPlain.find(c) != std::string_view::npos;
        if (plain)
            out += c;
        else
            out += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    }
    return out;
}

// Pixels of a `width` or `height`, as far as it is a number of a reasonable size.
int pixels(const HtmlTag& tag, std::string_view name, int otherwise) {
    const std::string* value = tag.find(name);
    int number = value ? std::atoi(value->c_str()) : 0;
    bool is_share = value && value->find('%') != std::string::npos;
    return number > 0 && number < 10000 && !is_share ? number : otherwise;
}

// Drawn in place of a picture that this page must not ask for.
std::string stand_in(const HtmlTag& tag, std::string_view url) {
    const std::string width = std::to_string(pixels(tag, "width", 300));
    const std::string height = std::to_string(pixels(tag, "height", 150));
    std::string svg =
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" + width + "\" height=\"" + height +
        "\"><rect width=\"100%\" height=\"100%\" fill=\"#8a94a3\" fill-opacity=\".22\"/>"
        "<text x=\"50%\" y=\"50%\" dy=\".35em\" text-anchor=\"middle\" "
        "font-family=\"sans-serif\" font-size=\"12\" fill=\"#6b7686\">" +
        escape_html(last_part(url)) + "</text></svg>";
    return "data:image/svg+xml," + percent_encoded(svg);
}

// url(https://…) of styles, quoted or not.
std::string without_remote_urls(std::string_view css) {
    std::string out;
    const std::string lower = ascii_lower(css);
    std::size_t copied = 0;
    for (std::size_t at = 0; (at = lower.find("url(", at)) != std::string::npos;) {
        std::size_t end = std::min(lower.find(')', at), lower.size());
        std::string_view url = trim(css.substr(at + 4, end - at - 4));
        while (!url.empty() && (url.front() == '"' || url.front() == '\'')) url.remove_prefix(1);
        if (ascii_iequals(url.substr(0, 6), "&quot;")) url.remove_prefix(6);
        if (is_remote(url) && !url.starts_with('#')) {
            out += std::string(css.substr(copied, at - copied)) + "url(" + std::string(kNothing);
            copied = end;
        }
        at = end;
    }
    return out + std::string(css.substr(copied));
}

// Every `(prefers-color-scheme: …)` as it would be decided.
std::string with_scheme(std::string_view css, bool dark) {
    const std::string lower = ascii_lower(css);
    std::string out;
    std::size_t copied = 0;
    for (std::size_t at = 0; (at = lower.find("(prefers-color-scheme", at)) != std::string::npos;) {
        std::size_t end = lower.find(')', at);
        if (end == std::string::npos) break;
        bool wants_dark = lower.substr(at, end - at).find("dark") != std::string::npos;
        out += css.substr(copied, at - copied);
        out += wants_dark == dark ? "(min-width:0px)" : "(max-width:-1px)";
        at = copied = end + 1;
    }
    return out + std::string(css.substr(copied));
}

void decide_picture(HtmlTag& tag, FramedLook look) {
    for (HtmlAttribute& attribute : tag.attributes) {
        if (attribute.name == "srcset") attribute.value.clear();
        if (attribute.name != "src") continue;
        if (look == FramedLook::kNoImages)
            attribute.value = kNothing;
        else if (is_remote(attribute.value))
            attribute.value = stand_in(tag, attribute.value);
    }
}

// Tags that ask for more than pictures: none of it may load, so nothing of it is left.
bool loads(const HtmlTag& tag) {
    return tag.name == "link" || tag.name == "base" ||
           (tag.name == "meta" && tag.find("http-equiv") != nullptr);
}

// Where a browser sees a tag that the walk took for text or a comment: those that load something by
// themselves are none any more.
void break_loaders(std::string& html) {
    const std::string lower = ascii_lower(html);
    for (std::string_view opening : {"<link", "<meta", "<base"}) {
        for (std::size_t at = lower.find(opening); at != std::string::npos;
             at = lower.find(opening, at + 1)) {
            html[at + 1] = 'x';
        }
    }
}

// Whether it changed.
bool rewrite_attribute(const HtmlTag& tag, HtmlAttribute& attribute) {
    const std::string before = attribute.value;
    if (attribute.name == "background" && is_remote(attribute.value)) attribute.value = kNothing;
    if (attribute.name == "style") attribute.value = without_remote_urls(attribute.value);
    if (attribute.name == "target") attribute.value = "_blank";
    bool is_source =
        attribute.name == "src" || attribute.name == "poster" || attribute.name == "srcset";
    if (is_source && is_remote(attribute.value) && tag.name != "img") attribute.value.clear();
    return attribute.value != before;
}

bool rewrite(HtmlTag& tag, FramedLook look) {
    bool changed = tag.name == "img" || loads(tag);
    if (tag.name == "img") decide_picture(tag, look);
    if (loads(tag)) tag.attributes.clear();
    for (HtmlAttribute& attribute : tag.attributes) changed |= rewrite_attribute(tag, attribute);
    return changed;
}

// Written before everything of the mail's own.
std::string_view prologue(FramedLook look, bool own_dark_styles) {
    if (look != FramedLook::kDark)
        return "<base target=\"_blank\"><style>:root{color-scheme:only light!important}</style>";
    if (own_dark_styles)
        return "<base target=\"_blank\"><style>:root{color-scheme:only dark!important}</style>";
    return "<base target=\"_blank\"><style>:root{color-scheme:only light!important;background:#fff;"
           "filter:invert(1) hue-rotate(180deg)}img{filter:invert(1) hue-rotate(180deg)}</style>";
}

}  // namespace

bool has_dark_styles(std::string_view html) {
    const std::string lower = ascii_lower(html);
    for (std::size_t at = 0; (at = lower.find("color-scheme", at)) != std::string::npos; ++at) {
        std::string_view near = std::string_view(lower).substr(at, kNear);
        if (near.substr(0, near.find_first_of(">;}{)")).find("dark") != std::string::npos)
            return true;
    }
    return false;
}

std::string framed_html(std::string_view html, FramedLook look) {
    std::string copy = copy_html(
        html, [&](HtmlTag& tag) { return rewrite(tag, look); },
        [&](std::string_view css) {
            return with_scheme(without_remote_urls(css), look == FramedLook::kDark);
        });
    break_loaders(copy);
    copy.insert(beginning_of_head(copy), prologue(look, has_dark_styles(html)));
    return copy;
}

}  // namespace tocsin
