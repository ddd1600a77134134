#include "lint/target.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tocsin {
namespace {

bool is_control(char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool is_alpha(char c) {
    return c >= 'a' && c <= 'z';
}

bool is_scheme_char(char c) {
    return is_alpha(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
}

// "https://x" → "https"; a colon behind a path is none of a scheme.
std::string scheme_of(std::string_view url) {
    auto colon = url.find(':');
    if (colon == url.npos) return {};
    std::string scheme = ascii_lower(url.substr(0, colon));
    std::erase_if(scheme, [](char c) { return is_control(c) || c == ' '; });
    bool good =
        !scheme.empty() && is_alpha(scheme.front()) && std::ranges::all_of(scheme, is_scheme_char);
    return good ? scheme : std::string();
}

// Of what follows `//`.
std::string host_of(std::string_view rest) {
    rest = rest.substr(0, rest.find_first_of("/?#\\"));
    if (auto at = rest.rfind('@'); at != rest.npos) rest.remove_prefix(at + 1);
    return ascii_lower(rest.substr(0, rest.find(':')));
}

std::string_view without_www(std::string_view host) {
    if (host.starts_with("www.")) host.remove_prefix(4);
    return host;
}

bool is_below(std::string_view host, std::string_view site) {
    return host.size() > site.size() && host.ends_with(site) &&
           host[host.size() - site.size() - 1] == '.';
}

// Endings of file names that no host has, or that are more often files.
bool is_file_ending(std::string_view ending) {
    static constexpr std::array<std::string_view, 23> kEndings = {
        "pdf", "doc",  "docx", "odt", "xls",  "xlsx", "csv", "ppt", "pptx", "txt", "rtf", "zip",
        "htm", "html", "php",  "jpg", "jpeg", "png",  "gif", "mp3", "mp4",  "ics", "js"};
    return std::ranges::find(kEndings, ending) != kEndings.end();
}

bool is_host_char(char c) {
    return is_alpha(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           static_cast<unsigned char>(c) >= 0x80;
}

bool looks_like_host(std::string_view host) {
    auto dot = host.rfind('.');
    if (dot == host.npos || dot == 0 || host.size() - dot < 3) return false;
    std::string_view ending = host.substr(dot + 1);
    return std::ranges::all_of(host, is_host_char) && std::ranges::all_of(ending, is_alpha) &&
           host.find("..") == host.npos && !is_file_ending(ending);
}

std::string host_in_word(std::string_view word, bool alone) {
    for (std::string_view lead : {"https://", "http://"}) {
        if (word.starts_with(lead)) return host_of(word.substr(lead.size()));
    }
    if (!alone && !word.starts_with("www.")) return {};
    if (word.find('@') != word.npos) return {};
    std::string host = host_of(word);
    while (host.ends_with('.') || host.ends_with(',')) host.pop_back();
    return looks_like_host(host) ? host : std::string();
}

}  // namespace

Target read_target(std::string_view value) {
    Target target;
    while (!value.empty() && (is_control(value.front()) || value.front() == ' ')) {
        value.remove_prefix(1);
    }
    while (!value.empty() && (is_control(value.back()) || value.back() == ' ')) {
        value.remove_suffix(1);
    }
    target.url = value;
    std::erase_if(target.url, [](char c) { return c == '\n' || c == '\r' || c == '\t'; });
    target.scheme = scheme_of(target.url);
    std::string_view rest = target.url;
    if (!target.scheme.empty()) rest.remove_prefix(rest.find(':') + 1);
    if (rest.starts_with("//")) target.host = host_of(rest.substr(2));
    return target;
}

bool same_site(std::string_view a, std::string_view b) {
    a = without_www(a);
    b = without_www(b);
    return a == b || is_below(a, b) || is_below(b, a);
}

std::string shown_host(std::string_view text) {
    std::string lower = ascii_lower(trim(text));
    bool alone = lower.find_first_of(" \n\t") == lower.npos;
    for (std::string_view rest = lower; !rest.empty();) {
        auto end = std::min(rest.find_first_of(" \n\t"), rest.size());
        std::string_view word = rest.substr(0, end);
        while (word.starts_with('(') || word.starts_with('"')) word.remove_prefix(1);
        if (auto host = host_in_word(word, alone); !host.empty()) return host;
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return {};
}

bool is_shortener(std::string_view host) {
    static constexpr std::array<std::string_view, 26> kShorteners = {
        "bit.ly",      "bitly.com",   "buff.ly", "cutt.ly", "dub.sh", "goo.gl",     "is.gd",
        "j.mp",        "kutt.it",     "lnkd.in", "ow.ly",   "rb.gy",  "rebrand.ly", "s.id",
        "short.io",    "shorturl.at", "snip.ly", "t.co",    "t.ly",   "t1p.de",     "tiny.cc",
        "tinyurl.com", "trib.al",     "u.to",    "v.gd",    "w.wiki"};
    return std::ranges::find(kShorteners, without_www(host)) != kShorteners.end();
}

}  // namespace tocsin
