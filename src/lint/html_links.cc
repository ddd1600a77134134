#include "lint/html_rules.h"
#include "lint/html_urls.h"

namespace tocsin {
namespace {

// Where the mistake is to be mended: the hint for what a template, the campaign or a list has.
std::string mend(const HtmlPart& part, std::size_t offset, std::string_view how) {
    const TracePiece* piece = part.mail.html.piece(offset);
    bool is_field = piece != nullptr && piece->kind == TracePiece::Kind::kField;
    return std::string(is_field ? "in the list, " : "") + std::string(how);
}

void lint_scheme(const HtmlPart& part, const HtmlUrl& url) {
    const std::size_t at = url.attribute->begin;
    const std::string& scheme = url.target.scheme;
    const std::string what = url.clicked ? "this link" : "this image";
    if (scheme == "http") {
        part.add("insecure-link", at, part.giver(at, what) + " begins with `http:`",
                 mend(part, at, "write `https:`, after a look whether the page is there"));
    }
    if (scheme == "javascript" || scheme == "vbscript") {
        part.add("script-link", at, part.giver(at, what) + " is a script, not an address",
                 mend(part, at, "write the address of a page, beginning with `https://`"));
    }
    if (scheme == "data") {
        part.add("data-url", at, part.giver(at, what) + " is a `data:` URL",
                 "put the file onto your site and write its address, beginning with `https://`");
    }
}

void lint_relative(const HtmlPart& part, const HtmlUrl& url) {
    const Target& target = url.target;
    if (!target.relative()) return;
    const bool within = url.clicked && target.url.starts_with('#') && target.url.size() > 1;
    if (within) return;
    const std::size_t at = url.attribute->begin;
    const std::string what = part.giver(at, url.clicked ? "this link" : "this image");
    const bool nowhere = target.url.empty() || target.url == "#";
    part.add("relative-url", at,
             what + (nowhere ? " leads nowhere yet" : " does not say on which site it is"),
             mend(part, at, "write the whole address, beginning with `https://`"));
}

void lint_host(const HtmlPart& part, const HtmlUrl& url) {
    if (!url.clicked || !is_shortener(url.target.host)) return;
    part.add("url-shortener", url.attribute->begin,
             "`" + url.target.host + "` hides where the link leads",
             "link to the page itself; the text of a link hides its length");
}

// A text of an e-mail address, and links that are none to a page, show no host.
void lint_shown_host(const HtmlPart& part, const HtmlUrl& url) {
    const bool to_page = url.target.scheme == "https" || url.target.scheme == "http";
    if (!url.clicked || !to_page) return;
    const std::string shown = shown_host(text_of(part.document, *url.node));
    if (shown.empty() || same_site(shown, url.target.host)) return;
    part.add("misleading-link", url.attribute->begin,
             "the link reads `" + shown + "`, but leads to `" + url.target.host + "`",
             "link to what the text says, or let the text say what readers find there");
}

// Inside a link's value, a piece of a recipient's that does not begin it.
bool is_inner_field(const HtmlPart& part, const TracePiece& piece, const HtmlAttribute& value) {
    if (piece.kind != TracePiece::Kind::kField || piece.url_encoded) return false;
    std::string_view before = part.html().substr(value.begin, piece.begin - value.begin);
    return before.find_first_not_of(" \t\r\n") != before.npos;
}

// Made to go into URLs as they are; an address that a `mailto:` takes as it is; and telephone
// numbers, of which telephones read the digits.
bool is_safe_name(std::string_view name, const HtmlUrl& url) {
    if (url.target.scheme == "tel" || url.target.scheme == "sms") return true;
    if (name == "unsubscribe_url" || name == "view_url") return true;
    return name == "email" && url.target.scheme == "mailto" &&
           url.target.url.find('?') == std::string::npos;
}

void lint_fields_of(const HtmlPart& part, const HtmlUrl& url) {
    const HtmlAttribute& value = *url.attribute;
    for (const TracePiece& piece : part.mail.html.pieces) {
        if (piece.begin >= value.end) break;
        if (piece.begin < value.begin || !is_inner_field(part, piece, value)) continue;
        const std::string name = tag_name(part.content, piece.place);
        if (is_safe_name(name, url)) continue;
        const std::string tag = "{{" + (name.empty() ? std::string("…") : name) + "}}";
        part.add("unencoded-link-field", piece.begin, "`" + tag + "` goes into a link as it is",
                 "write `{{#urlencode}}" + tag + "{{/urlencode}}`");
    }
}

}  // namespace

void lint_targets(const HtmlPart& part) {
    for (const HtmlUrl& url : html_urls(part.document)) {
        lint_scheme(part, url);
        lint_relative(part, url);
        lint_host(part, url);
        lint_shown_host(part, url);
    }
}

void lint_link_fields(const HtmlPart& part) {
    for (const HtmlUrl& url : html_urls(part.document)) lint_fields_of(part, url);
}

}  // namespace tocsin
