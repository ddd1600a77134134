#include "mail/dkim.h"

#include <doctest/doctest.h>
#include <thread>

#include "base/clock.h"
#include "mail/digest.h"
#include "mail/dkim_canon.h"
#include "support/dkim_keys.h"
#include "unit/mail/decode.h"

using namespace tocsin;

namespace {

// RFC 8463 appendix A: the message, its keys, and what two independent signers made of it.
constexpr std::string_view kHeader =
    "From: Joe SixPack <joe@football.example.com>\r\n"
    "To: Suzie Q <suzie@shopping.example.net>\r\n"
    "Subject: Is dinner ready?\r\n"
    "Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)\r\n"
    "Message-ID: <20030712040037.46341.5F8J@football.example.com>\r\n";
constexpr std::string_view kBody =
    "Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n";
constexpr std::string_view kBodyHash = "2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=";
constexpr std::string_view kEd25519Pem =
    "-----BEGIN PRIVATE KEY-----\n"
    "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n"
    "-----END PRIVATE KEY-----\n";
constexpr std::string_view kEd25519Field =
    "DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;\r\n"
    " d=football.example.com; i=@football.example.com;\r\n"
    " q=dns/txt; s=brisbane; t=1528637909; h=from : to :\r\n"
    " subject : date : message-id : from : subject : date;\r\n"
    " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
    " b=";
constexpr std::string_view kEd25519Signature =
    "/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus"
    "Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==";
constexpr std::string_view kRsaField =
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n"
    " d=football.example.com; i=@football.example.com;\r\n"
    " q=dns/txt; s=test; t=1528637909; h=from : to : subject :\r\n"
    " date : message-id : from : subject : date;\r\n"
    " bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;\r\n"
    " b=";
constexpr std::string_view kRsaSignature =
    "F45dVWDfMbQDGHJFlXUNB2HKfbCeLRyhDXgFpEL8GwpsRe0IeIixNTe3"
    "DhCVlUrSjV4BwcVcOF6+FF3Zo9Rpo1tFOeS9mPYQTnGdaSGsgeefOsk2Jz"
    "dA+L10TeYt9BgDfQNZtKdN1WO//KgIqXP7OdEFE4LjFYNcUxZQ4FADY+8=";
constexpr std::string_view kRsaPublic =
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDkHlOQoBTzWRiGs5V6NpP3idY6Wk08a5qhdR6wy5bdOKb2jLQiY/J1"
    "6JYi0Qvx/byYzCNb3W91y3FutACDfzwQ/BC/e/8uBsCR+yz1Lxj+PL6lHvqMKrM3rG4hstT5QjvHO9PzoxZyVYLzBfO2"
    "EeC3Ip3G+2kryOTIKT+l/K4w3QIDAQAB";

// What a signature of that message is made over: its fields and the signature's own, without `b`.
std::string signed_text(std::string_view signature_field) {
    std::string text;
    for (auto line : test::lines_of(kHeader)) append_relaxed_field(text, line);
    append_relaxed_field(text, signature_field);
    text.resize(text.size() - 2);
    return text;
}

DkimIdentity identity(std::string_view domain, std::string_view selector, std::string_view pem) {
    auto made = DkimIdentity::make(domain, selector, pem);
    return std::move(std::get<DkimIdentity>(made));
}

const std::string& rsa_pem() {
    static const std::string pem = test::rsa_pem();
    return pem;
}

std::vector<DkimIdentity> both() {
    std::vector<DkimIdentity> identities;
    identities.push_back(identity("harbour.example", "2026", rsa_pem()));
    identities.push_back(identity("harbour.example", "2026-ed", kEd25519Pem));
    return identities;
}

DkimSigner signer(std::vector<DkimIdentity> identities) {
    return std::move(std::get<DkimSigner>(DkimSigner::make(std::move(identities))));
}

std::string fault_of(std::vector<DkimIdentity> identities) {
    auto made = DkimSigner::make(std::move(identities));
    auto* fault = std::get_if<SigningKey::Fault>(&made);
    return fault != nullptr ? fault->message : "";
}

std::string message() {
    return std::string(kHeader) + "\r\n" + std::string(kBody);
}

const WallTime kDate = *parse_iso8601("2026-11-23T19:00:00Z");

// The value of a tag in the first field, without folds and blanks.
std::string tag(std::string_view fields, std::string_view name) {
    std::string text;
    for (char c : fields.substr(0, fields.find("\r\nDKIM"))) {
        if (c != ' ' && c != '\r' && c != '\n') text += c;
    }
    auto at = text.find(";" + std::string(name) + "=");
    REQUIRE(at != text.npos);
    auto start = at + name.size() + 2;
    return text.substr(start, text.find(';', start) - start);
}

}  // namespace

TEST_CASE("the Ed25519 signature of RFC 8463 appendix A, to the last bit") {
    auto key = SigningKey::parse(kEd25519Pem);
    CHECK(std::get<SigningKey>(key).sign(sha256(signed_text(kEd25519Field))) ==
          test::decode_base64(kEd25519Signature));
}

TEST_CASE("the RSA signature of RFC 8463 appendix A fits our forms of header and field") {
    auto key = test::decode_base64(kRsaPublic);
    auto signature = test::decode_base64(kRsaSignature);
    CHECK(test::rsa_verifies(key, signed_text(kRsaField), signature));
    CHECK_FALSE(test::rsa_verifies(key, signed_text(kRsaField) + " ", signature));
}

TEST_CASE("the body hash of RFC 8463 appendix A, and of an empty body (RFC 6376 section 3.4.4)") {
    auto made = signer(both());
    CHECK(tag(made.sign(message(), kDate), "bh") == kBodyHash);
    CHECK(tag(made.sign(kHeader, kDate), "bh") == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    CHECK(tag(made.sign(message() + " \r\n\r\n", kDate), "bh") == kBodyHash);
}

TEST_CASE("a field has the tags that it needs, and no l=") {
    std::string fields = signer(both()).sign(message(), kDate);
    CHECK(fields.starts_with("DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;"));
    CHECK(tag(fields, "d") == "harbour.example");
    CHECK(tag(fields, "s") == "2026");
    CHECK(tag(fields, "t") == "1795460400");
    CHECK(tag(fields, "h").starts_with("From:From:To:To:Subject:Subject:Date:Date:Message-ID:"));
    CHECK(test::decode_base64(tag(fields, "b")).size() == 256);
    CHECK(fields.find("l=") == fields.npos);
}

TEST_CASE("several keys sign one body hash and the same headers, each for itself") {
    std::string fields = signer(both()).sign(message(), kDate);
    auto second = fields.find("DKIM-Signature", 1);
    REQUIRE(second != fields.npos);
    CHECK(tag(fields.substr(second), "bh") == tag(fields, "bh"));
    CHECK(tag(fields.substr(second), "h") == tag(fields, "h"));
    CHECK(tag(fields.substr(second), "s") == "2026-ed");

    std::vector<DkimIdentity> alone;
    alone.push_back(identity("harbour.example", "2026", rsa_pem()));
    CHECK(signer(std::move(alone)).sign(message(), kDate) == fields.substr(0, second));
}

TEST_CASE("lines are short, and none is blank") {
    std::vector<DkimIdentity> identities;
    for (int i = 0; i < 20; ++i) {
        identities.push_back(identity("a-rather-long-name.of-a.campaign.harbour.example",
                                      "key-" + std::to_string(i), rsa_pem()));
    }
    auto lines = test::lines_of(signer(std::move(identities)).sign(message(), kDate));
    CHECK(lines.size() > 200);
    for (const auto& line : lines) {
        CHECK(line.size() <= 78);
        CHECK(line.find_first_not_of(' ') != line.npos);
        CHECK((line.starts_with("DKIM-Signature: ") || line.starts_with(" ")));
        CHECK(test::is_printable_ascii(line));
    }
}

TEST_CASE("a message with a thousand fields of one name still has a field of short lines") {
    std::string many;
    for (int i = 0; i < 1000; ++i) many += "To: a@one.example\r\n";
    for (const auto& line : test::lines_of(signer(both()).sign(many + message(), kDate))) {
        CHECK(line.size() <= 78);
    }
}

TEST_CASE("threads share one signer, and sign as one does") {
    const DkimSigner shared = signer(both());
    const std::string expected = shared.sign(message(), kDate);
    std::vector<int> wrong(4);
    std::vector<std::thread> threads;
    for (int& count : wrong) {
        threads.emplace_back([&] {
            for (int i = 0; i < 50; ++i) count += shared.sign(message(), kDate) != expected ? 1 : 0;
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(wrong == std::vector<int>(4));
}

TEST_CASE("Ed25519 alone is refused, two keys in one record, too") {
    std::vector<DkimIdentity> alone;
    alone.push_back(identity("harbour.example", "ed", kEd25519Pem));
    CHECK(fault_of(std::move(alone)) ==
          "the DKIM keys are Ed25519 only, which many receivers cannot verify");
    auto twice = both();
    twice.push_back(identity("Harbour.example", "2026-ED", rsa_pem()));
    CHECK(fault_of(std::move(twice)) ==
          "two DKIM keys have the selector `2026-ed` of harbour.example, and a record holds one "
          "key");
    CHECK(fault_of(both()) == "");
    CHECK(signer({}).sign(message(), kDate) == "");
}

TEST_CASE("an Ed25519 key alone aligns nothing") {
    std::vector<DkimIdentity> identities;
    identities.push_back(identity("relay.example", "a", rsa_pem()));
    identities.push_back(identity("harbour.example", "b", kEd25519Pem));
    auto made = signer(std::move(identities));
    CHECK(made.covers("relay.example"));
    CHECK_FALSE(made.covers("harbour.example"));
    CHECK_FALSE(DkimSigner().covers("harbour.example"));
}
