#include "mail/dkim_identity.h"

#include <algorithm>

#include "base/text.h"
#include "mail/domain.h"

namespace tocsin {
namespace {

using Fault = SigningKey::Fault;

bool is_ldh(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '-';
}

bool is_label(std::string_view label) {
    return !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
           std::all_of(label.begin(), label.end(), is_ldh);
}

// RFC 6376 section 3.1: what stands in front of a domain name.
bool is_selector(std::string_view text) {
    for (auto dot = text.find('.'); dot != text.npos; dot = text.find('.')) {
        if (!is_label(text.substr(0, dot))) return false;
        text.remove_prefix(dot + 1);
    }
    return is_label(text);
}

bool is_below(std::string_view domain, std::string_view parent) {
    return domain.size() > parent.size() && domain.ends_with(parent) &&
           domain[domain.size() - parent.size() - 1] == '.';
}

}  // namespace

std::variant<DkimIdentity, Fault> DkimIdentity::make(std::string_view domain,
                                                     std::string_view selector,
                                                     std::string_view pem) {
    auto ascii = ascii_domain(domain);
    if (auto* fault = std::get_if<Mailbox::Fault>(&ascii)) return Fault{fault->message, ""};
    std::string label = ascii_lower(selector);
    if (!is_selector(label)) {
        return Fault{"the selector is not made of letters, digits and hyphens, with dots between",
                     "name it after the month, such as `2026-11`"};
    }
    auto key = SigningKey::parse(pem);
    if (auto* fault = std::get_if<Fault>(&key)) return *fault;
    return DkimIdentity{std::get<std::string>(ascii), std::move(label),
                        std::move(std::get<SigningKey>(key))};
}

bool is_aligned(std::string_view signing_domain, std::string_view from_domain) {
    return signing_domain == from_domain || is_below(from_domain, signing_domain) ||
           is_below(signing_domain, from_domain);
}

}  // namespace tocsin
