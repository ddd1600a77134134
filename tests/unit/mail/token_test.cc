#include "mail/token.h"

#include <array>
#include <doctest/doctest.h>
#include <random>
#include <set>
#include <stdexcept>

#include "base/random.h"
#include "mail/digest.h"

using namespace tocsin;

namespace {

KeyRing ring(std::initializer_list<std::string> secrets) {
    std::vector<std::string> all(secrets);
    return KeyRing(all);
}

constexpr std::string_view kAddress = "jo@harbour.example";

}  // namespace

TEST_CASE("a token carries what was put into it, in 52 lower-case characters") {
    KeyRing keys = ring({"secret"});
    std::string token = encode_token(keys, 0xABCDEF, 0x1234, 0x123456789A, kAddress);
    CHECK(token.size() == 52);
    CHECK(token.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567") == token.npos);
    auto decoded = decode_token(keys, token);
    REQUIRE(decoded);
    CHECK(decoded->campaign == 0xABCDEF);
    CHECK(decoded->list == 0x1234);
    CHECK(decoded->recipient == 0x123456789A);
    CHECK(token_is_for(keys, *decoded, kAddress));
    CHECK_FALSE(token_is_for(keys, *decoded, "joe@harbour.example"));
}

TEST_CASE("the bytes lie as the header says") {
    KeyRing keys = ring({"secret"});
    std::string bytes = from_base32(encode_token(keys, 0x010203, 0x0405, 0x060708090A, kAddress))
                            .value_or("(not base32)");
    REQUIRE(bytes.size() == 32);
    CHECK(to_hex(bytes.substr(0, 1)) == "01");
    CHECK(to_hex(bytes.substr(1, 1)) == keys.fingerprint().substr(0, 2));
    CHECK(to_hex(bytes.substr(2, 10)) == "0102030405060708090a");
    CHECK(bytes.substr(12, 8) == hmac_sha256(keys.signing().address, kAddress).substr(0, 8));
    CHECK(bytes.substr(20) == hmac_sha256(keys.signing().token, bytes.substr(0, 20)).substr(0, 12));
}

TEST_CASE("a number that does not fit is refused, the largest that fits is not") {
    KeyRing keys = ring({"secret"});
    CHECK_THROWS_AS(encode_token(keys, 1 << 24, 0, 0, kAddress), std::out_of_range);
    CHECK_THROWS_AS(encode_token(keys, 0, 1 << 16, 0, kAddress), std::out_of_range);
    CHECK_THROWS_AS(encode_token(keys, 0, 0, 1ULL << 40, kAddress), std::out_of_range);
    auto most = decode_token(
        keys, encode_token(keys, (1 << 24) - 1, (1 << 16) - 1, (1ULL << 40) - 1, kAddress));
    REQUIRE(most);
    CHECK(most->recipient == (1ULL << 40) - 1);
}

TEST_CASE("any altered bit makes a token worthless") {
    KeyRing keys = ring({"secret"});
    const std::string bytes =
        from_base32(encode_token(keys, 7, 1, 99, kAddress)).value_or("(not base32)");
    for (std::size_t bit = 0; bit < bytes.size() * 8; ++bit) {
        CAPTURE(bit);
        std::string altered = bytes;
        altered[bit / 8] = static_cast<char>(altered[bit / 8] ^ (1 << (bit % 8)));
        CHECK_FALSE(decode_token(keys, base32(altered)));
    }
}

TEST_CASE("any altered, missing or added character makes a token worthless") {
    KeyRing keys = ring({"secret"});
    const std::string token = encode_token(keys, 7, 1, 99, kAddress);
    for (std::size_t i = 0; i < token.size(); ++i) {
        CAPTURE(i);
        for (char c : {'a', 'b', '7', '1', 'A', '=', ' ', '\0'}) {
            std::string altered = token;
            altered[i] = c;
            CHECK(bool(decode_token(keys, altered)) == (altered == token));
        }
        CHECK_FALSE(decode_token(keys, token.substr(0, i)));
    }
    CHECK_FALSE(decode_token(keys, token + "a"));
    CHECK_FALSE(decode_token(keys, token + "===="));
}

TEST_CASE("other spellings of the same bytes are not read") {
    KeyRing keys = ring({"secret"});
    std::string token = encode_token(keys, 7, 1, 99, kAddress);
    std::string upper = token;
    for (char& c : upper) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
    CHECK_FALSE(decode_token(keys, upper));
    // 32 bytes leave four bits of the last character unused: they must be zero.
    const std::string alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    auto last = alphabet.find(token.back());
    for (std::size_t spare = 1; spare < 16; ++spare) {
        token.back() = alphabet[last | spare];
        CHECK_FALSE(decode_token(keys, token));
    }
}

TEST_CASE("a foreign key's token is worthless") {
    CHECK_FALSE(decode_token(ring({"ours"}), encode_token(ring({"theirs"}), 1, 1, 1, kAddress)));
}

TEST_CASE("a key id that is ours does not help a foreign key") {
    KeyRing ours = ring({"ours"});
    std::string bytes =
        from_base32(encode_token(ring({"theirs"}), 1, 1, 1, kAddress)).value_or("(not base32)");
    bytes[1] = from_base32(encode_token(ours, 1, 1, 1, kAddress)).value_or("(not base32)")[1];
    CHECK_FALSE(decode_token(ours, base32(bytes)));
}

TEST_CASE("after a rotation old tokens work and new ones are signed by the new key") {
    KeyRing before = ring({"old"});
    KeyRing after = ring({"new", "old"});
    auto old_token = decode_token(after, encode_token(before, 5, 6, 7, kAddress));
    REQUIRE(old_token);
    CHECK(token_is_for(after, *old_token, kAddress));
    CHECK(after.fingerprint() == ring({"new"}).fingerprint());
    CHECK(encode_token(after, 5, 6, 7, kAddress) == encode_token(ring({"new"}), 5, 6, 7, kAddress));
    CHECK_FALSE(decode_token(before, encode_token(after, 5, 6, 7, kAddress)));
}

TEST_CASE("the fingerprint names a secret without telling a key") {
    KeyRing keys = ring({"secret"});
    CHECK(keys.fingerprint().size() == 16);
    CHECK(keys.fingerprint().find_first_not_of("0123456789abcdef") == std::string::npos);
    CHECK(keys.fingerprint() != ring({"secret2"}).fingerprint());
    const auto& k = keys.signing();
    CHECK(std::set<std::string>{k.token, k.address, k.message_id}.size() == 3);
    CHECK_THROWS_AS(ring({}), std::invalid_argument);
}

TEST_CASE("200,000 guesses find no token") {
    KeyRing keys = ring({"secret", "older"});
    std::mt19937_64 random(2026);
    std::size_t found = 0;
    for (int i = 0; i < 200'000; ++i) {
        std::string bytes;
        for (int word = 0; word < 4; ++word) {
            std::uint64_t value = random();
            bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
        }
        // Right version and key id, so that every guess gets as far as the MAC.
        bytes[0] = 1;
        bytes[1] = static_cast<char>(std::stoi(keys.fingerprint().substr(0, 2), nullptr, 16));
        if (decode_token(keys, base32(bytes))) ++found;
    }
    CHECK(found == 0);
}
