#include "unsubscribe/proof.h"

#include <doctest/doctest.h>
#include <stdexcept>

#include "base/random.h"
#include "mail/digest.h"

using namespace tocsin;

namespace {

KeyRing ring(std::vector<std::string> secrets) {
    return KeyRing(secrets);
}

}  // namespace

TEST_CASE("a probe is a genuine token of nobody, and never the same") {
    KeyRing keys = ring({"secret"});
    std::string probe = make_probe(keys);
    auto decoded = decode_token(keys, probe);
    REQUIRE(decoded);
    CHECK(is_probe(*decoded));
    CHECK(make_probe(keys) != probe);
    CHECK_FALSE(decode_token(ring({"other"}), probe));
}

TEST_CASE("a token of somebody is no probe") {
    KeyRing keys = ring({"secret"});
    for (const std::string& token : {encode_token(keys, 1, 0, 0, "jo@one.example"),
                                     encode_token(keys, 0, 1, 0, "jo@one.example"),
                                     encode_token(keys, 0, 0, 1, "jo@one.example")}) {
        CHECK_FALSE(is_probe(*decode_token(keys, token)));
    }
}

TEST_CASE("a proof is made under the key that made the probe, also after a rotation") {
    KeyRing old = ring({"old"}), both = ring({"new", "old"});
    std::string probe = make_probe(old);
    std::string proof = live_proof(old, *decode_token(old, probe), probe);
    CHECK(proof == live_proof(both, *decode_token(both, probe), probe));
    CHECK(proof == to_hex(hmac_sha256(old.signing().remote, "live " + probe)));
    CHECK_THROWS_AS(live_proof(ring({"third"}), *decode_token(old, probe), probe),
                    std::logic_error);
}

TEST_CASE("the proof of one probe is not that of another") {
    KeyRing keys = ring({"secret"});
    std::string a = make_probe(keys), b = make_probe(keys);
    CHECK(live_proof(keys, *decode_token(keys, a), a) !=
          live_proof(keys, *decode_token(keys, b), b));
}
