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

bool is_ipv6(std::string_view host) {
    in6_addr address{};
    return ::inet_pton(AF_INET6, std::string(host).c_str(), &address) == 1;
}

bool is_bracketed_ipv6(std::string_view host) {
    return host.starts_with('[') && host.ends_with(']') && is_ipv6(host.substr(1, host.size() - 2));
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label, [](char c) { return is_alphanumeric(c) || c == '-'; });
}

bool are_labels(std::string_view name) {
    if (name.empty() || name.size() > 253) return false;
    for (std::size_t start = 0; start <= name.size();) {
        auto dot = std::min(name.find('.', start), name.size());
        if (!is_label(name.substr(start, dot - start))) return false;
        start = dot + 1;
    }
    return true;
}

bool is_dns_name(std::string_view host) {
    // 1.2.3 or 300.1.1.1 is an address gone wrong.
    return are_labels(host) && host.find_first_not_of("0123456789.") != std::string_view::npos;
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

std::string fault_of_source_address(std::string_view address) {
    return is_ipv4(address) || is_ipv6(address) ? "" : "must be an IP address of this machine";
}

std::string fault_of_selector(std::string_view selector) {
    return are_labels(selector)
               ? ""
               : "must be letters, digits and hyphens, in parts of at most 63 with dots between";
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
