#include "mail/dkim_record.h"

#include <doctest/doctest.h>

#include "mail/base64.h"
#include "mail/signing_key.h"
#include "support/dkim_keys.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

std::string record(const std::string& tags, const std::string& key) {
    std::string text = tags + "p=";
    append_base64(text, key);
    return text;
}

std::string public_half(const std::string& pem) {
    return std::get<SigningKey>(SigningKey::parse(pem)).public_key();
}

std::string fault(const std::string& text) {
    auto parsed = parse_dkim_record(text);
    return std::holds_alternative<std::string>(parsed) ? std::get<std::string>(parsed) : "";
}

DkimRecord good(const std::string& text) {
    auto parsed = parse_dkim_record(text);
    REQUIRE(std::holds_alternative<DkimRecord>(parsed));
    return std::get<DkimRecord>(parsed);
}

}  // namespace

TEST_CASE("an RSA key comes back as the signing key's other half") {
    const std::string key = public_half(rsa_pem());
    DkimRecord found = good(record("v=DKIM1; t=s; h=sha1 : SHA256; s=email; ", key));
    CHECK(found.kind == DkimRecord::Kind::kRsa);
    CHECK(found.public_key == key);
    CHECK(found.bits == 2048);
    CHECK(!found.testing);
    CHECK(!found.revoked);
    std::string broken_up = record("", key);
    broken_up.insert(100, "  \r\n ");
    CHECK(good(broken_up).public_key == key);
}

TEST_CASE("a bare RSAPublicKey counts too") {
    // A SubjectPublicKeyInfo of 2048 bits is 24 bytes longer than what it wraps.
    const std::string key = public_half(rsa_pem());
    CHECK(good(record("", key.substr(24))).public_key == key);
}

TEST_CASE("an Ed25519 key comes back as its bytes") {
    const std::string key = public_half(pem_of_type("ED25519"));
    CHECK(key.size() == 32);
    DkimRecord found = good(record("k=ed25519; t=y:s; ", key));
    CHECK(found.kind == DkimRecord::Kind::kEd25519);
    CHECK(found.public_key == key);
    CHECK(found.testing);
}

TEST_CASE("an empty p= revokes") {
    CHECK(good("v=DKIM1; p=").revoked);
}

TEST_CASE("what receivers make nothing of") {
    CHECK(fault("hello").find("no list") != std::string::npos);
    CHECK(fault("v=DKIM2; p=").find("`v=`") != std::string::npos);
    CHECK(fault("v=DKIM1").find("no `p=`") != std::string::npos);
    CHECK(fault("p=????") == "its `p=` is no base64");
    CHECK(fault("p=aGVsbG8=") == "its `p=` is no RSA key");
    CHECK(fault("k=ed25519; p=aGVsbG8=") == "its `p=` is no Ed25519 key");
    CHECK(fault("k=dsa; p=").find("`k=`") != std::string::npos);
    CHECK(fault("h=sha1; p=").find("sha256") != std::string::npos);
    CHECK(fault("s=tlsrpt; p=").find("not for mail") != std::string::npos);
}
