#include "mail/public_key.h"

#include <doctest/doctest.h>

#include "support/signer.h"

using namespace tocsin;
using tocsin::test::Signer;

namespace {

constexpr WallTime kNow{std::chrono::seconds(1'800'000'000)};
constexpr std::chrono::hours kDay{24};
const std::string kText = "1800000000[{\"event\":\"bounce\"}]";

// All but the first and last bytes of long texts are sampled.
template <class Use>
void for_each_altered(const std::string& text, Use&& use) {
    for (std::size_t i = 0; i < text.size(); i += i < 40 || i + 40 > text.size() ? 1 : 7) {
        std::string altered = text;
        altered[i] = static_cast<char>(altered[i] ^ 1);
        CAPTURE(i);
        use(altered);
    }
}

}  // namespace

TEST_CASE("a signature of an elliptic curve, and none that is another by one bit") {
    const Signer signer = Signer::elliptic_curve();
    const std::string signature = signer.sign(kText);
    auto key = PublicKey::from_spki(signer.spki());
    REQUIRE(key);
    CHECK(key->verifies(SignatureHash::kSha256, kText, signature));
    CHECK_FALSE(key->verifies(SignatureHash::kSha1, kText, signature));
    for_each_altered(kText, [&](const std::string& text) {
        CHECK_FALSE(key->verifies(SignatureHash::kSha256, text, signature));
    });
    for_each_altered(signature, [&](const std::string& altered) {
        CHECK_FALSE(key->verifies(SignatureHash::kSha256, kText, altered));
    });
    CHECK_FALSE(key->verifies(SignatureHash::kSha256, kText, ""));
    CHECK_FALSE(key->verifies(SignatureHash::kSha256, kText, signature + "x"));
    auto other = PublicKey::from_spki(Signer::elliptic_curve().spki());
    REQUIRE(other);
    CHECK_FALSE(other->verifies(SignatureHash::kSha256, kText, signature));
}

TEST_CASE("keys of other kinds are none") {
    CHECK_FALSE(PublicKey::from_spki(Signer::elliptic_curve("P-384").spki()));
    CHECK_FALSE(PublicKey::from_spki(Signer::rsa().spki()));
    CHECK_FALSE(PublicKey::from_spki(Signer::elliptic_curve().spki() + "x"));
    CHECK_FALSE(PublicKey::from_spki(""));
    CHECK_FALSE(PublicKey::from_spki("no key"));
}

TEST_CASE("both signatures of SNS, by the key of a certificate") {
    const Signer signer = Signer::rsa();
    auto key = PublicKey::from_certificate(signer.certificate(kNow - kDay, kNow + kDay), kNow);
    REQUIRE(key);
    for (auto [hash, name] :
         {std::pair(SignatureHash::kSha1, "SHA1"), std::pair(SignatureHash::kSha256, "SHA256")}) {
        const std::string signature = signer.sign(kText, name);
        CHECK(key->verifies(hash, kText, signature));
        for_each_altered(signature, [&, which = hash](const std::string& altered) {
            CHECK_FALSE(key->verifies(which, kText, altered));
        });
    }
}

TEST_CASE("a certificate is good in its time, and with a key that is long enough") {
    const Signer signer = Signer::rsa();
    const std::string pem = signer.certificate(kNow - kDay, kNow + kDay);
    CHECK_FALSE(PublicKey::from_certificate(pem, kNow - kDay - kDay));
    CHECK_FALSE(PublicKey::from_certificate(pem, kNow + kDay + kDay));
    CHECK_FALSE(
        PublicKey::from_certificate(Signer::rsa(1024).certificate(kNow - kDay, kNow + kDay), kNow));
    CHECK_FALSE(PublicKey::from_certificate(
        Signer::elliptic_curve().certificate(kNow - kDay, kNow + kDay), kNow));
    CHECK_FALSE(PublicKey::from_certificate("", kNow));
    CHECK_FALSE(PublicKey::from_certificate(pem.substr(0, pem.size() / 2), kNow));
}
