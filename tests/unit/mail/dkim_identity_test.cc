#include "mail/dkim_identity.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

constexpr std::string_view kPem =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";

std::string identity_fault(std::string_view domain, std::string_view selector) {
    auto made = DkimIdentity::make(domain, selector, kPem);
    auto* fault = std::get_if<SigningKey::Fault>(&made);
    return fault != nullptr ? fault->message : "";
}

}  // namespace

TEST_CASE("domains and selectors that would break the field or the record's name") {
    std::string selector =
        "the selector is not made of letters, digits and hyphens, with dots "
        "between";
    for (auto text : {"", ".", "a.", ".a", "a..b", "-a", "a-", "a_b", "a b", "a;d=b", "\xC3\xA4"}) {
        CAPTURE(text);
        CHECK(identity_fault("harbour.example", text) == selector);
    }
    CHECK(identity_fault("harbour.example", std::string(64, 'a')) == selector);
    CHECK(identity_fault("harbour.example", "2026.Key-1") == "");
    CHECK(identity_fault("harbour", "a") == "the domain has no dot");
    CHECK(identity_fault("harbour.example; l=0", "a") == "the domain holds `;`");
}

TEST_CASE("a domain in U-labels is signed for in A-labels") {
    auto made = DkimIdentity::make("H\u00e4fen.example", "2026-A", kPem);
    CHECK(std::get<DkimIdentity>(made).domain == "xn--hfen-loa.example");
    CHECK(std::get<DkimIdentity>(made).selector == "2026-a");
}

TEST_CASE("alignment: the same domain, one above or one below, and no look-alike") {
    CHECK(is_aligned("harbour.example", "harbour.example"));
    CHECK(is_aligned("harbour.example", "news.harbour.example"));
    CHECK(is_aligned("mail.harbour.example", "harbour.example"));
    CHECK_FALSE(is_aligned("mail.harbour.example", "news.harbour.example"));
    CHECK_FALSE(is_aligned("harbour.example", "myharbour.example"));
    CHECK_FALSE(is_aligned("arbour.example", "harbour.example"));
    CHECK_FALSE(is_aligned("harbour.example", "harbour.example.test"));
}

TEST_CASE("a bad key is told as the key's fault") {
    auto made = DkimIdentity::make("harbour.example", "a", "PEM");
    CHECK(std::get<SigningKey::Fault>(made).message == "it is no PEM text");
}
