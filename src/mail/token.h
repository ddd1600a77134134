// The signed unsubscribe token (docs/tokens.md): one string for the URL and the mailto, 52
// characters of lower-case base32 (RFC 4648 alphabet, no padding), decoded canonically only.
//
//   byte 0      version (1)
//   byte 1      key id: the first byte of the key's fingerprint
//   bytes 2-4   campaign number, big-endian
//   bytes 5-6   list number (0: everything)
//   bytes 7-11  recipient's row id
//   bytes 12-19 keyed hash of the address, so that the token still works when the row is gone
//   bytes 20-31 MAC over bytes 0-19, compared in constant time
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

// Keys for one purpose each, derived from the workspace's secret by HKDF-SHA256.
class KeyRing {
  public:
    // The first secret signs; all verify. At least one.
    explicit KeyRing(std::span<const std::string> secrets);

    // 16 hex digits that name the first secret without telling it: what tocsin.lock holds.
    const std::string& fingerprint() const;

    struct Keys {
        std::string fingerprint;
        std::string token;        // signs tokens
        std::string address;      // hashes addresses in tokens
        std::string message_id;   // Message-IDs and what follows from them
        std::string return_path;  // signs return paths
        std::string remote;       // between a sender and its `serve`, elsewhere
    };
    const Keys& signing() const { return keys_.front(); }
    const std::vector<Keys>& all() const { return keys_; }

  private:
    std::vector<Keys> keys_;
};

struct UnsubscribeToken {
    std::uint32_t campaign = 0;  // up to 2^24 - 1
    std::uint16_t list = 0;
    std::uint64_t recipient = 0;  // up to 2^40 - 1
    std::string address_hash;     // 8 bytes
    std::string key;              // the fingerprint of the key that made it
};

// Throws std::out_of_range where a number does not fit.
std::string encode_token(const KeyRing& keys, std::uint64_t campaign, std::uint64_t list,
                         std::uint64_t recipient, std::string_view address_key);
// Nothing for anything that `encode_token` did not make with one of the keys.
std::optional<UnsubscribeToken> decode_token(const KeyRing& keys, std::string_view token);
// Whether the token's hash is that of this address under any of the keys.
bool token_is_for(const KeyRing& keys, const UnsubscribeToken& token, std::string_view address_key);

}  // namespace tocsin
