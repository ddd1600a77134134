#include "mail/address.h"

#include <algorithm>
#include <stdexcept>

#include "base/text.h"
#include "mail/domain.h"
#include "mail/unicode.h"

namespace tocsin {
namespace {

using Fault = Mailbox::Fault;

constexpr std::size_t kMostInput = 320;  // more is not even looked at
constexpr std::size_t kMostLocal = 64;   // RFC 5321 section 4.5.3.1.1
constexpr std::size_t kMostWire = 254;   // a path of 256 without its angle brackets

// RFC 5322 section 3.2.3, and RFC 6532 for bytes beyond ASCII.
bool is_atext(char c) {
    auto byte = static_cast<unsigned char>(c);
    bool letter = (byte | 0x20) >= 'a' && (byte | 0x20) <= 'z';
    bool digit = byte >= '0' && byte <= '9';
    return letter || digit || byte >= 0x80 ||
           (c != '\0' && std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos);
}

// What no part of an address may hold.
std::optional<Fault> character_fault(std::string_view text) {
    if (auto at = invalid_utf8(text)) {
        return Fault{"it is not UTF-8 from byte " + std::to_string(*at + 1)};
    }
    if (has_control(text)) return Fault{"it holds a control character, such as a tab or line end"};
    if (text.find(' ') != text.npos) return Fault{"it holds a space"};
    if (auto invisible = invisible_character(text)) {
        return Fault{"it holds an invisible character (" + code_point_name(*invisible) + ")"};
    }
    return std::nullopt;
}

std::optional<Fault> at_fault(std::string_view text) {
    auto ats = std::count(text.begin(), text.end(), '@');
    if (ats == 0) return Fault{"it has no @"};
    if (text.starts_with('"')) return Fault{"a quoted part before the @ is not supported"};
    if (ats > 1) return Fault{"it has more than one @"};
    return std::nullopt;
}

std::optional<Fault> local_fault(std::string_view local) {
    if (local.empty()) return Fault{"there is nothing before the @"};
    if (local.size() > kMostLocal) return Fault{"the part before the @ is longer than 64 bytes"};
    if (local.front() == '.') return Fault{"it starts with a dot"};
    if (local.back() == '.') return Fault{"there is a dot right before the @"};
    if (local.find("..") != local.npos) return Fault{"it has two dots in a row before the @"};
    auto odd = std::find_if_not(local.begin(), local.end(),
                                [](char c) { return is_atext(c) || c == '.'; });
    if (odd == local.end()) return std::nullopt;
    return Fault{std::string("it holds `") + *odd + "` before the @"};
}

std::optional<Fault> fault_before_domain(std::string_view text) {
    if (text.empty()) return Fault{"it is empty"};
    if (text.size() > kMostInput) return Fault{"it is longer than any address can be"};
    if (auto fault = character_fault(text)) return fault;
    if (auto fault = at_fault(text)) return fault;
    return local_fault(text.substr(0, text.find('@')));
}

}  // namespace

std::variant<Mailbox, Fault> Mailbox::parse(std::string_view text) {
    if (auto fault = fault_before_domain(text)) return *fault;
    auto at = text.find('@');
    auto domain = ascii_domain(text.substr(at + 1));
    if (auto* fault = std::get_if<Fault>(&domain)) return *fault;

    Mailbox mailbox;
    mailbox.written_ = text;
    mailbox.local_ = text.substr(0, at);
    mailbox.domain_ = std::move(std::get<std::string>(domain));
    if (mailbox.wire().size() > kMostWire) return Fault{"it is longer than 254 bytes"};
    std::string normal = lower_nfc(mailbox.local_);
    // A few characters have an ASCII normal form, such as the Greek question mark.
    if (auto fault = local_fault(normal)) return *fault;
    mailbox.key_ = normal + "@" + mailbox.domain_;
    mailbox.needs_smtputf8_ = !is_ascii(mailbox.local_);
    return mailbox;
}

Mailbox Mailbox::from(std::string_view text) {
    auto parsed = parse(text);
    if (auto* fault = std::get_if<Fault>(&parsed)) {
        throw std::invalid_argument("no mail address: " + fault->message);
    }
    return std::move(std::get<Mailbox>(parsed));
}

}  // namespace tocsin
