#include "mail/return_path.h"

#include <cctype>
#include <doctest/doctest.h>
#include <random>
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

std::string address_of(const std::string& plus_part) {
    return "bounces+" + plus_part + "@b.harbour.example";
}

std::string bytes_of(std::string_view base32_text) {
    return from_base32(base32_text).value_or("(not base32)");
}

}  // namespace

TEST_CASE("a return path says whose mail it was, in 45 lower-case characters") {
    KeyRing keys = ring({"secret"});
    std::string part = encode_return_path(keys, 0x123456789A, kAddress);
    CHECK(part.size() == kReturnPathCharacters);
    CHECK(part.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567.") == part.npos);
    auto decoded = decode_return_path(keys, address_of(part));
    REQUIRE(decoded);
    CHECK(decoded->recipient == 0x123456789A);
    CHECK(decoded->address_hash == hmac_sha256(keys.signing().address, kAddress).substr(0, 8));
    CHECK(decoded->key == keys.fingerprint());
}

TEST_CASE("the bytes lie as the header says, and the MAC is under a key of its own") {
    KeyRing keys = ring({"secret"});
    std::string part = encode_return_path(keys, 0x0102030405, kAddress);
    std::string id = bytes_of(part.substr(0, 24));
    CHECK(to_hex(id.substr(0, 2)) == "01" + keys.fingerprint().substr(0, 2));
    CHECK(to_hex(id.substr(2, 5)) == "0102030405");
    CHECK(bytes_of(part.substr(25)) == hmac_sha256(keys.signing().return_path, id).substr(0, 12));
    CHECK(keys.signing().return_path != keys.signing().token);
}

TEST_CASE("a base of 18 characters leaves a local part of 64") {
    Mailbox base = Mailbox::from("bounces-of-harbour@b.harbour.example");
    std::string address = return_path_of(base, encode_return_path(ring({"s"}), 1, kAddress));
    CHECK(address.find('@') == 64);
    CHECK(Mailbox::from(address).domain() == "b.harbour.example");
}

TEST_CASE("a mail system may have changed the case of letters, base or domain") {
    KeyRing keys = ring({"secret"});
    std::string address = address_of(encode_return_path(keys, 7, kAddress));
    std::string upper = address;
    for (char& c : upper) c = static_cast<char>(std::toupper(c));
    CHECK(decode_return_path(keys, upper));
    std::string srs = "SRS0=abcd=tt=b.harbour.example=" + address.substr(0, address.find('@')) +
                      "@forwarder.example";
    CHECK(decode_return_path(keys, srs));
}

TEST_CASE("a reference is the same proof in letters, digits and a hyphen") {
    KeyRing keys = ring({"secret"});
    std::string reference = encode_reference(keys, 7, kAddress);
    CHECK(reference.size() == kReturnPathCharacters);
    CHECK(reference.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567-") == std::string::npos);
    auto read = decode_reference(keys, reference);
    REQUIRE(read);
    CHECK(read->recipient == 7);
    CHECK(read->key == keys.fingerprint());
    CHECK_FALSE(decode_reference(ring({"another"}), reference));
    CHECK_FALSE(decode_reference(keys, encode_return_path(keys, 7, kAddress)));
    CHECK_FALSE(decode_reference(keys, ""));
    for (std::size_t i = 0; i < reference.size(); ++i) {
        std::string altered = reference;
        altered[i] = altered[i] == 'a' ? 'b' : 'a';
        CHECK_FALSE(decode_reference(keys, altered));
    }
}

TEST_CASE("a row that does not fit is refused") {
    KeyRing keys = ring({"secret"});
    CHECK_THROWS_AS(encode_return_path(keys, 1ULL << 40, kAddress), std::out_of_range);
    CHECK(
        decode_return_path(keys, address_of(encode_return_path(keys, (1ULL << 40) - 1, kAddress))));
}

TEST_CASE("any altered, missing or added character makes a return path worthless") {
    KeyRing keys = ring({"secret"});
    const std::string part = encode_return_path(keys, 99, kAddress);
    for (std::size_t i = 0; i < part.size(); ++i) {
        CAPTURE(i);
        for (char c : {'a', 'b', '7', '1', '.', '=', ' ', '\0', '\xC3'}) {
            std::string altered = part;
            altered[i] = c;
            CHECK(bool(decode_return_path(keys, address_of(altered))) == (altered == part));
        }
        CHECK_FALSE(decode_return_path(keys, address_of(part.substr(0, i))));
        CHECK_FALSE(decode_return_path(keys, address_of(part.substr(i + 1))));
    }
    CHECK_FALSE(decode_return_path(keys, address_of(part + "a")));
    CHECK_FALSE(decode_return_path(keys, "bounces-" + part + "@b.harbour.example"));
    CHECK_FALSE(decode_return_path(keys, part + "@b.harbour.example"));
    CHECK_FALSE(decode_return_path(keys, "x@y+" + part.substr(1)));
}

TEST_CASE("other spellings of the same MAC are not read") {
    KeyRing keys = ring({"secret"});
    std::string part = encode_return_path(keys, 99, kAddress);
    // 12 bytes leave four bits of the last character unused: they must be zero.
    const std::string alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    auto last = alphabet.find(part.back());
    for (std::size_t spare = 1; spare < 16; ++spare) {
        part.back() = alphabet[last | spare];
        CHECK_FALSE(decode_return_path(keys, address_of(part)));
    }
}

TEST_CASE("what is no return path of ours finds nothing") {
    KeyRing keys = ring({"secret"});
    for (std::string_view text : {"", "@", "+", "+@", "jo@harbour.example", "a+b@c.example"}) {
        CAPTURE(text);
        CHECK_FALSE(decode_return_path(keys, text));
    }
}

TEST_CASE("a foreign key's return path is worthless, with our key id, too") {
    KeyRing ours = ring({"ours"});
    std::string part = encode_return_path(ring({"theirs"}), 1, kAddress);
    CHECK_FALSE(decode_return_path(ours, address_of(part)));
    std::string id = bytes_of(part.substr(0, 24));
    id[1] = bytes_of(encode_return_path(ours, 1, kAddress).substr(0, 24))[1];
    CHECK_FALSE(decode_return_path(ours, address_of(base32(id) + part.substr(24))));
}

TEST_CASE("a token is no return path, nor do its pieces make one") {
    KeyRing keys = ring({"secret"});
    std::string token = encode_token(keys, 1, 1, 1, kAddress);
    CHECK_FALSE(decode_return_path(keys, address_of(token)));
    std::string bytes = bytes_of(token);
    std::string id = bytes.substr(0, 2) + bytes.substr(7, 13);
    CHECK_FALSE(decode_return_path(keys, address_of(base32(id) + "." + base32(bytes.substr(20)))));
}

TEST_CASE("after a rotation old return paths are read and new ones are made by the new key") {
    KeyRing before = ring({"old"});
    KeyRing after = ring({"new", "old"});
    auto old = decode_return_path(after, address_of(encode_return_path(before, 7, kAddress)));
    REQUIRE(old);
    CHECK(old->key == before.fingerprint());
    CHECK_FALSE(decode_return_path(before, address_of(encode_return_path(after, 7, kAddress))));
}

TEST_CASE("200,000 guesses find no return path") {
    KeyRing keys = ring({"secret", "older"});
    std::mt19937_64 random(2026);
    std::size_t found = 0;
    for (int i = 0; i < 200'000; ++i) {
        std::uint64_t words[4] = {random(), random(), random(), random()};
        std::string bytes(reinterpret_cast<const char*>(words), 27);
        // Right version and key id, so that every guess gets as far as the MAC.
        bytes[0] = 1;
        bytes[1] = static_cast<char>(std::stoi(keys.fingerprint().substr(0, 2), nullptr, 16));
        std::string part = base32(bytes.substr(0, 15)) + "." + base32(bytes.substr(15));
        if (decode_return_path(keys, address_of(part))) ++found;
    }
    CHECK(found == 0);
}
