#include "mail/digest.h"

#include <doctest/doctest.h>

#include "base/random.h"

using namespace tocsin;

TEST_CASE("SHA-256 of the examples in FIPS 180-4") {
    CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    CHECK(to_hex(sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("HMAC-SHA-256 of RFC 4231, cases 2 and 6") {
    CHECK(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")) ==
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    CHECK(to_hex(hmac_sha256(std::string(131, '\xaa'),
                             "Test Using Larger Than Block-Size Key - Hash Key First")) ==
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
}

TEST_CASE("an empty key is a key, and not the one that was used before") {
    hmac_sha256("another key", "a text");
    for (std::string_view empty : {std::string_view(), std::string_view("")}) {
        CHECK(to_hex(hmac_sha256(empty, "")) ==
              "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
    }
}

TEST_CASE("HKDF-SHA-256 of RFC 5869, case 3, and another with info") {
    CHECK(to_hex(hkdf_sha256(std::string(22, '\x0b'), "")) ==
          "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
    CHECK(to_hex(hkdf_sha256("secret", "tocsin token")) ==
          "881bf575b6320e2c207f5368ff0d144ce0c5144b838800e80c009b8dce6fa98b");
}

TEST_CASE("comparison in constant time is still a comparison") {
    CHECK(equal_in_constant_time("", ""));
    CHECK(equal_in_constant_time("abc", "abc"));
    CHECK_FALSE(equal_in_constant_time("abc", "abd"));
    CHECK_FALSE(equal_in_constant_time("abc", "ab"));
}

TEST_CASE("base32 of RFC 4648 in lower case without padding") {
    CHECK(base32("") == "");
    CHECK(base32("f") == "my");
    CHECK(base32("fo") == "mzxq");
    CHECK(base32("foo") == "mzxw6");
    CHECK(base32("foob") == "mzxw6yq");
    CHECK(base32("fooba") == "mzxw6ytb");
    CHECK(base32("foobar") == "mzxw6ytboi");
}

TEST_CASE("base32 comes back, whatever the bytes and the length") {
    for (std::size_t length = 0; length < 40; ++length) {
        std::string bytes = random_bytes(length);
        CHECK(from_base32(base32(bytes)) == bytes);
    }
}

TEST_CASE("only the canonical spelling of base32 is read") {
    for (auto text : {"MY", "my======", "m1", "mz", "m", "mzx", "mzxw6y", "my ", "mzxr"}) {
        CAPTURE(text);
        CHECK(from_base32(text) == std::nullopt);
    }
}

TEST_CASE("SHAKE256 gives as many bytes as are asked for") {
    // FIPS 202's own value for the empty message begins so.
    CHECK(to_hex(shake256("", 8)) == "46b9dd2b0ba88d13");
    CHECK(shake256("a", 256).size() == 256);
    CHECK(shake256("a", 256).starts_with(shake256("a", 32)));
    CHECK(shake256("a", 32) != shake256("b", 32));
}
