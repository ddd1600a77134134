// How whoever serves `unsubscribe.url` shows that it knows our key, without touching anybody: a
// probe is a token of nobody, and the answer to it is a MAC that only the key's holder can make.
#pragma once

#include <string>
#include <string_view>

#include "mail/token.h"

namespace tocsin {

// Headers of the answer to `GET …/PROBE`.
inline constexpr char kProofHeader[] = "Tocsin-Proof";
inline constexpr char kServeHeader[] = "Tocsin-Serve";  // what is served: …
inline constexpr char kServesLedger[] = "ledger";
inline constexpr char kServesStandalone[] = "standalone";

// A genuine token of campaign 0, list 0, recipient 0 and an address that is another each time.
std::string make_probe(const KeyRing& keys);
// No mail carries such a token: whatever is chosen with it changes nothing.
bool is_probe(const UnsubscribeToken& token);
// Hex HMAC-SHA256 of "live " and the token, under the key that made it. Throws std::logic_error
// where `token` was not decoded with these keys.
std::string live_proof(const KeyRing& keys, const UnsubscribeToken& decoded,
                       std::string_view token);

}  // namespace tocsin
