#include "mail/address_names.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "mail/address.h"

using namespace tocsin;

namespace {

const std::string kNow = "a secret of sixteen bytes", kBefore = "a secret of last year";
const std::string kAddress = "ann@x.example";

KeyRing ring(std::vector<std::string> secrets = {kNow}) {
    return KeyRing(secrets);
}

}  // namespace

TEST_CASE("without keys an address is its only name") {
    CHECK(AddressNames().all(kAddress) == std::vector<std::string>{kAddress});
    CHECK(AddressNames().kept(kAddress) == kAddress);
}

TEST_CASE("the hash in a token, old or new, is a name of its address and of no other") {
    const KeyRing keys = ring({kNow, kBefore});
    const AddressNames names(keys);
    for (const std::string& secret : {kNow, kBefore}) {
        const KeyRing signer = ring({secret});
        auto token = decode_token(keys, encode_token(signer, 1, 2, 3, kAddress));
        REQUIRE(token);
        const std::string name = name_of_hash(token->key, token->address_hash);
        CHECK(name.starts_with("t:" + signer.fingerprint() + ":"));
        auto all = names.all(kAddress);
        CHECK(std::count(all.begin(), all.end(), name) == 1);
        auto others = names.all("bob@x.example");
        CHECK(std::count(others.begin(), others.end(), name) == 0);
    }
}

TEST_CASE("the permanent name outlives an exchange of the secret") {
    const SuppressionKey key("the key that stays");
    const AddressNames before(ring({kBefore}), key, true), now(ring({kNow}), key, false);
    CHECK(before.kept(kAddress) == before.all(kAddress)[1]);
    CHECK(before.kept(kAddress).starts_with("h:"));
    CHECK(now.all(kAddress)[1] == before.kept(kAddress));
    CHECK(now.kept(kAddress) == kAddress);
    const AddressNames other(ring({kBefore}), SuppressionKey("another key"), true);
    CHECK(other.kept(kAddress) != before.kept(kAddress));
}

TEST_CASE("a hashed name under another key is known for a foreign one") {
    const AddressNames here(ring({kNow}), SuppressionKey("the key that stays"), true);
    const AddressNames there(ring({kBefore}), SuppressionKey("another key"), true);
    for (const std::string& name : here.all(kAddress)) {
        CHECK(here.knows(name) == is_hashed_name(name));
        CHECK_FALSE(there.knows(name));
    }
}

TEST_CASE("a hashed name is never hashed again") {
    const AddressNames names(ring(), SuppressionKey("the key that stays"), true);
    const std::string name = names.kept(kAddress);
    CHECK(names.kept(name) == name);
    CHECK(names.all(name) == std::vector<std::string>{name});
}

TEST_CASE("names are told from addresses, and whole ones from damaged ones") {
    const AddressNames names(ring(), SuppressionKey("the key that stays"), true);
    CHECK_FALSE(is_hashed_name(kAddress));
    CHECK_FALSE(is_well_formed_name(kAddress));
    for (std::size_t i = 1; i < 3; ++i) {
        const std::string name = names.all(kAddress)[i];
        CHECK(is_hashed_name(name));
        CHECK(is_well_formed_name(name));
        CHECK_FALSE(is_well_formed_name(name.substr(1)));
        CHECK_FALSE(is_well_formed_name(name + "0"));
        for (std::size_t size = 0; size < name.size(); ++size)
            CHECK_FALSE(is_well_formed_name(name.substr(0, size)));
    }
    CHECK_FALSE(is_well_formed_name("h:0123456789abcdef:0123456789ABCDEF0123456789ABCDEF"));
}

TEST_CASE("no mailbox has a key that looks like a hashed name") {
    for (const char* text : {"h:1@x.example", "t:a@x.example", "h:\xEF\xBC\x9A@x.example"})
        CHECK(std::holds_alternative<Mailbox::Fault>(Mailbox::parse(text)));
}
