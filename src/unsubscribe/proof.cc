#include "unsubscribe/proof.h"

#include <stdexcept>

#include "base/random.h"
#include "mail/digest.h"

namespace tocsin {

std::string make_probe(const KeyRing& keys) {
    return encode_token(keys, 0, 0, 0, "probe " + random_hex(16));
}

bool is_probe(const UnsubscribeToken& token) {
    return token.campaign == 0 && token.list == 0 && token.recipient == 0;
}

std::string live_proof(const KeyRing& keys, const UnsubscribeToken& decoded,
                       std::string_view token) {
    for (const KeyRing::Keys& one : keys.all()) {
        if (one.fingerprint != decoded.key) continue;
        return to_hex(hmac_sha256(one.remote, "live " + std::string(token)));
    }
    throw std::logic_error("a proof was asked for a token of a key that is not held");
}

}  // namespace tocsin
