#include "mail/signing_key.h"

#include <doctest/doctest.h>
#include <openssl/err.h>

#include "mail/digest.h"
#include "support/dkim_keys.h"

using namespace tocsin;

namespace {

std::string fault_of(std::string_view pem) {
    auto parsed = SigningKey::parse(pem);
    // Otherwise the thread's next TLS connection would be taken for broken.
    CHECK(ERR_peek_error() == 0);
    if (auto* fault = std::get_if<SigningKey::Fault>(&parsed)) return fault->message;
    return "";
}

SigningKey::Kind kind_of(std::string_view pem) {
    return std::get<SigningKey>(SigningKey::parse(pem)).kind();
}

std::string without_last_line_end(std::string text) {
    while (text.ends_with('\n')) text.pop_back();
    return text;
}

}  // namespace

TEST_CASE("RSA and Ed25519 are read, also as fetch_secret leaves them: without the last line end") {
    CHECK(kind_of(test::rsa_pem()) == SigningKey::Kind::kRsa);
    CHECK(kind_of(without_last_line_end(test::rsa_pem())) == SigningKey::Kind::kRsa);
    CHECK(kind_of(without_last_line_end(test::pem_of_type("ED25519"))) ==
          SigningKey::Kind::kEd25519);
}

TEST_CASE("a size of RSA that receivers refuse") {
    CHECK(fault_of(test::rsa_pem(1024)) ==
          "it is an RSA key of 1024 bits; receivers want 2048 (RFC 8301)");
    CHECK(fault_of(test::rsa_pem(2047)) ==
          "it is an RSA key of 2047 bits; receivers want 2048 (RFC 8301)");
    CHECK(fault_of(test::rsa_pem(4104)) ==
          "it is an RSA key of 4104 bits; receivers may refuse more than 4096");
}

TEST_CASE("keys of other kinds") {
    std::string other = "it is neither an RSA nor an Ed25519 key, and DKIM knows no others";
    CHECK(fault_of(test::elliptic_curve_pem()) == other);
    CHECK(fault_of(test::pem_of_type("ED448")) == other);
    CHECK(fault_of(test::pem_of_type("X25519")) == other);
}

TEST_CASE("an encrypted key is named as such, and nobody is asked for a passphrase") {
    CHECK(fault_of(test::encrypted_pem()) ==
          "it is protected by a passphrase, which nobody types during a send");
}

TEST_CASE("what is no private key") {
    CHECK(fault_of("") == "it is no PEM text");
    CHECK(fault_of("MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v") == "it is no PEM text");
    CHECK(fault_of(std::string("\0\xFF", 2)) == "it is no PEM text");
    CHECK(fault_of(test::public_pem()) == "it holds no private key, but something else in PEM");
    std::string pem = test::pem_of_type("ED25519");
    CHECK(fault_of(pem.substr(0, pem.size() / 2)) == "its PEM text is damaged");
    CHECK(fault_of(pem.replace(40, 8, "********")) == "its PEM text is damaged");
}

TEST_CASE("equal hashes give equal signatures, others others") {
    for (const auto& pem : {test::rsa_pem(), test::pem_of_type("ED25519")}) {
        auto parsed = SigningKey::parse(pem);
        const auto& key = std::get<SigningKey>(parsed);
        CHECK(key.sign(sha256("a")) == key.sign(sha256("a")));
        CHECK(key.sign(sha256("a")) != key.sign(sha256("b")));
    }
}
