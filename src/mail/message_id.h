// The Message-ID of one recipient's mail in one mailing: the same in every attempt, and nobody
// without the key can guess or link it to an address (HMAC-SHA256 of mailing and recipient key).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "mail/token.h"

namespace tocsin {

// "<26 base32 characters>@domain", without angle brackets. `mailing` is the campaign's id and
// occurrence.
std::string make_message_id(const KeyRing& keys, std::string_view mailing,
                            std::string_view address_key, std::string_view domain);

// Those that a mail may have: one for each key of the ring, as it may have been made before the
// secret was exchanged. The present key's comes first.
std::vector<std::string> possible_message_ids(const KeyRing& keys, std::string_view mailing,
                                              std::string_view address_key,
                                              std::string_view domain);

// Of a proof: "test.HEX@domain", by chance, and so nobody's.
std::string make_proof_message_id(std::string_view domain);
bool is_proof_message_id(std::string_view id);

}  // namespace tocsin
