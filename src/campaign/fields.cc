#include "campaign/fields.h"

#include <algorithm>
#include <arpa/inet.h>

#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::string_view kLower = "abcdefghijklmnopqrstuvwxyz";
constexpr std::string_view kUpper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr std::string_view kDigits = "0123456789";

bool among(char c, std::string_view a, std::string_view b = "", std::string_view d = "") {
    auto has = [c](std::string_view set) { return set.find(c) != std::string_view::npos; };
    return has(a) || has(b) || has(d);
}

bool is_alphanumeric(char c) {
    return among(c, kLower, kUpper, kDigits);
}

bool is_ipv4(std::string_view host) {
    in_addr address{};
    return ::inet_pton(AF_INET, std::string(host).c_str(), &address) == 1;
}

bool is_bracketed_ipv6(std::string_view host) {
    if (host.size() < 4 || host.front() != '[' || host.back() != ']') return false;
    in6_addr address{};
    return ::inet_pton(AF_INET6, std::string(host.substr(1, host.size() - 2)).c_str(), &address) ==
           1;
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

bool is_dns_name(std::string_view host) {
    if (host.empty() || host.size() > 253) return false;
    for (std::size_t start = 0; start <= host.size();) {
        auto dot = std::min(host.find('.', start), host.size());
        if (!is_label(host.substr(start, dot - start))) return false;
        start = dot + 1;
    }
    // 1.2.3 or 300.1.1.1 is an address gone wrong.
    return host.find_first_not_of("0123456789.") != std::string_view::npos;
}

struct Url {
    std::string scheme;  // lower case
    std::string_view host;
    std::string_view rest;  // from the path on
};

// `scheme://host[:port]rest`; the fault otherwise.
std::string split_url(std::string_view text, Url& url) {
    auto colon = text.find("://");
    if (colon == std::string_view::npos) return "must begin with `https://`";
    url.scheme = ascii_lower(text.substr(0, colon));
    std::string_view behind = text.substr(colon + 3);
    auto authority = behind.substr(0, behind.find_first_of("/?#"));
    url.rest = behind.substr(authority.size());
    auto port = authority.rfind(':');
    bool has_port = port != std::string_view::npos && authority.back() != ']';
    url.host = has_port ? authority.substr(0, port) : authority;
    if (has_port && (port + 1 == authority.size() || authority.size() - port > 6 ||
                     authority.find_first_not_of(kDigits, port + 1) != std::string_view::npos)) {
        return "has a port that is no number";
    }
    if (!fault_of_host(url.host).empty()) return "has no proper host behind `://`";
    return "";
}

// Characters that RFC 3986 lets stand in a URL.
bool is_url_text(std::string_view text) {
    return std::ranges::all_of(
        text, [](char c) { return is_alphanumeric(c) || among(c, "-._~:/?#[]@!$&'()*+,;=%"); });
}

std::string fault_of_url(std::string_view text, Url& url) {
    if (!is_url_text(text)) return "holds a character that a URL cannot have";
    if (auto fault = split_url(text, url); !fault.empty()) return fault;
    bool http = url.scheme == "http" && is_loopback(url.host);
    return url.scheme == "https" || http ? "" : "must begin with `https://`";
}

}  // namespace

std::string fault_of_campaign_id(std::string_view id) {
    bool starts = !id.empty() && among(id[0], kLower, kDigits);
    bool fits = starts && id.size() <= 64 &&
                std::ranges::all_of(id, [](char c) { return among(c, kLower, kDigits, "._-"); });
    return fits ? ""
                : "must be lower-case letters, digits, `.`, `_` and `-`, at most 64 of them, "
                  "a letter or digit first";
}

std::string fault_of_name(std::string_view name) {
    bool fits =
        !name.empty() && name.size() <= 64 && is_alphanumeric(name[0]) &&
        std::ranges::all_of(name, [](char c) { return is_alphanumeric(c) || among(c, "._-"); });
    return fits ? ""
                : "must be letters, digits, `.`, `_` and `-`, at most 64 of them, a letter or "
                  "digit first";
}

std::string fault_of_field_name(std::string_view name) {
    bool fits =
        !name.empty() && among(name[0], kLower, kUpper, "_") &&
        std::ranges::all_of(name, [](char c) { return is_alphanumeric(c) || among(c, "_-"); });
    return fits ? "" : "use letters, digits, `_` and `-`, a letter or `_` first";
}

std::string fault_of_website(std::string_view text) {
    Url url;
    return fault_of_url(text, url);
}

std::string fault_of_unsubscribe_url(std::string_view text) {
    Url url;
    if (auto fault = fault_of_url(text, url); !fault.empty()) return fault;
    if (url.rest.find_first_of("?#") != std::string_view::npos) {
        return "cannot have a `?` or `#`: each person's token is added to its end";
    }
    return url.rest.ends_with('/') ? "" : "must end in `/`: each person's token is added to it";
}

std::string fault_of_colour(std::string_view colour) {
    bool fits =
        colour.size() == 7 && colour[0] == '#' &&
        colour.substr(1).find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
    return fits ? "" : "must be `#` and six hexadecimal digits";
}

std::string fault_of_host(std::string_view host) {
    bool fits = is_dns_name(host) || is_ipv4(host) || is_bracketed_ipv6(host);
    return fits ? "" : "must be a host name, without `://`, port or path";
}

std::string fault_of_environment_name(std::string_view name) {
    bool fits = !name.empty() && among(name[0], kLower, kUpper, "_") &&
                std::ranges::all_of(name, [](char c) { return is_alphanumeric(c) || c == '_'; });
    return fits ? "" : "must be the name of an environment variable";
}

bool is_loopback(std::string_view host) {
    return ascii_iequals(host, "localhost") || (is_ipv4(host) && host.starts_with("127.")) ||
           host == "[::1]";
}

}  // namespace tocsin
