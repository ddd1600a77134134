#include "mail/domain.h"

#include <algorithm>
#include <cstdint>
#include <idn2.h>
#include <memory>
#include <optional>

#include "base/text.h"
#include "mail/unicode.h"

namespace tocsin {
namespace {

using Fault = Mailbox::Fault;

constexpr std::size_t kMostDomain = 253;  // RFC 1035: 255 in wire form
constexpr std::size_t kMostLabel = 63;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

bool is_ldh(char c) {
    return (c >= 'a' && c <= 'z') || is_digit(c) || c == '-';
}

std::optional<Fault> label_fault(std::string_view label) {
    if (label.empty()) return Fault{"the domain has two dots in a row"};
    if (label.size() > kMostLabel) {
        return Fault{"the domain has a part of more than 63 characters between its dots"};
    }
    if (label.front() == '-' || label.back() == '-') {
        return Fault{"a part of the domain starts or ends with a hyphen"};
    }
    auto odd = std::find_if_not(label.begin(), label.end(), is_ldh);
    if (odd == label.end()) return std::nullopt;
    if (*odd == '_') return Fault{"the domain holds an underscore, which mail domains cannot have"};
    return Fault{std::string("the domain holds `") + *odd + "`"};
}

// `domain` is ASCII in lower case.
std::optional<Fault> syntax_fault(std::string_view domain) {
    if (domain.empty()) return Fault{"there is nothing after the @"};
    if (domain.size() > kMostDomain) return Fault{"the domain is longer than 253 characters"};
    if (domain.front() == '[') return Fault{"an IP address in brackets is not supported"};
    if (domain.front() == '.') return Fault{"the domain starts with a dot"};
    if (domain.back() == '.') return Fault{"the domain ends with a dot"};
    std::string_view rest = domain;
    for (auto dot = rest.find('.'); dot != rest.npos; dot = rest.find('.')) {
        if (auto fault = label_fault(rest.substr(0, dot))) return fault;
        rest.remove_prefix(dot + 1);
    }
    if (auto fault = label_fault(rest)) return fault;
    if (rest.size() == domain.size()) return Fault{"the domain has no dot"};
    if (std::all_of(rest.begin(), rest.end(), is_digit)) {
        return Fault{"the domain ends in a number, as an IP address does"};
    }
    return std::nullopt;
}

bool has_a_label(std::string_view domain) {
    return domain.starts_with("xn--") || domain.find(".xn--") != domain.npos;
}

// libidn2's own STD3 rules drop forbidden characters silently ("a_b" becomes "ab"), so they stay
// off and the result is checked like any ASCII domain.
std::variant<std::string, Fault> to_a_labels(const std::string& domain) {
    std::uint8_t* raw = nullptr;
    int status = idn2_lookup_u8(reinterpret_cast<const std::uint8_t*>(domain.c_str()), &raw,
                                IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL);
    std::unique_ptr<std::uint8_t, decltype(&idn2_free)> owned(raw, &idn2_free);
    if (status != IDN2_OK) {
        return Fault{std::string("the domain is no international domain name: ") +
                     idn2_strerror(status)};
    }
    return ascii_lower(reinterpret_cast<const char*>(owned.get()));
}

}  // namespace

std::variant<std::string, Fault> ascii_domain(std::string_view text) {
    std::string domain = ascii_lower(text);
    // An A-label is converted too: one that stands for nothing valid is refused.
    if (!is_ascii(domain) || has_a_label(domain)) {
        if (domain.find('\0') != domain.npos) return Fault{"the domain holds a NUL character"};
        auto converted = to_a_labels(domain);
        if (std::holds_alternative<Fault>(converted)) return converted;
        domain = std::move(std::get<std::string>(converted));
    }
    if (auto fault = syntax_fault(domain)) return *fault;
    return domain;
}

}  // namespace tocsin
