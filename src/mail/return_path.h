// The return path of one recipient's mail (VERP): bounces+ID.MAC@b.harbour.example. 45 characters
// of lower-case base32 and a dot stand behind the `+`, so the local part of `bounce_address` may
// have 18 of its own (RFC 5321 gives it 64).
//
//   ID   version (1), key id, the recipient's row (5 bytes), keyed hash of the address (8 bytes)
//   MAC  12 bytes over ID, under a key of its own: who sees a return path cannot unsubscribe
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/address.h"
#include "mail/token.h"

namespace tocsin {

inline constexpr std::size_t kReturnPathCharacters = 45;

struct ReturnPath {
    std::uint64_t recipient = 0;  // the row
    std::string address_hash;     // 8 bytes
    std::string key;              // the fingerprint of the key that made it
};

// The plus-part, without the `+`. Throws std::out_of_range where the row does not fit 40 bits.
std::string encode_return_path(const KeyRing& keys, std::uint64_t recipient,
                               std::string_view address_key);
// What an address of the form base+ID.MAC@domain says, in any case of letters, whatever base and
// domain are: the MAC is the proof, and they may have changed or been rewritten on the way. Nothing
// for anything that `encode_return_path` did not make with one of the keys.
std::optional<ReturnPath> decode_return_path(const KeyRing& keys, std::string_view address);

// The same proof for what a provider keeps with a mail and tells of it later (metadata, tags):
// lower-case letters, digits and one `-`, 45 characters.
std::string encode_reference(const KeyRing& keys, std::uint64_t recipient,
                             std::string_view address_key);
std::optional<ReturnPath> decode_reference(const KeyRing& keys, std::string_view reference);

// bounces@b.harbour.example and a plus-part: bounces+ID.MAC@b.harbour.example.
std::string return_path_of(const Mailbox& bounce_address, std::string_view plus_part);

}  // namespace tocsin
