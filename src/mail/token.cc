#include "mail/token.h"

#include <algorithm>
#include <stdexcept>

#include "base/random.h"
#include "mail/digest.h"
#include "mail/token_bytes.h"

namespace tocsin {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kSigned = 20;  // bytes under the MAC

KeyRing::Keys derive(const std::string& secret) {
    return {.fingerprint = to_hex(hkdf_sha256(secret, "tocsin fingerprint").substr(0, 8)),
            .token = hkdf_sha256(secret, "tocsin unsubscribe token"),
            .address = hkdf_sha256(secret, "tocsin address in token"),
            .message_id = hkdf_sha256(secret, "tocsin message-id"),
            .return_path = hkdf_sha256(secret, "tocsin return path"),
            .remote = hkdf_sha256(secret, "tocsin remote")};
}

std::string mac(const KeyRing::Keys& keys, std::string_view bytes) {
    return hmac_sha256(keys.token, bytes).substr(0, kMacBytes);
}

bool is_signed_by(const KeyRing::Keys& keys, std::string_view bytes) {
    return bytes[1] == key_id(keys) &&
           equal_in_constant_time(mac(keys, bytes.substr(0, kSigned)), bytes.substr(kSigned));
}

}  // namespace

KeyRing::KeyRing(std::span<const std::string> secrets) {
    if (secrets.empty()) throw std::invalid_argument("a key ring needs a secret");
    for (const auto& secret : secrets) keys_.push_back(derive(secret));
}

const std::string& KeyRing::fingerprint() const {
    return signing().fingerprint;
}

std::string encode_token(const KeyRing& keys, std::uint64_t campaign, std::uint64_t list,
                         std::uint64_t recipient, std::string_view address_key) {
    std::string bytes = {kVersion, key_id(keys.signing())};
    append_number(bytes, campaign, 3, "the campaign's number");
    append_number(bytes, list, 2, "the list's number");
    append_number(bytes, recipient, 5, "the recipient's number");
    bytes += address_hash(keys.signing(), address_key);
    bytes += mac(keys.signing(), bytes);
    return base32(bytes);
}

std::optional<UnsubscribeToken> decode_token(const KeyRing& keys, std::string_view token) {
    constexpr std::size_t kCharacters = 52;
    if (token.size() != kCharacters) return std::nullopt;
    auto bytes = from_base32(token);
    if (!bytes || bytes->size() != kSigned + kMacBytes || bytes->front() != kVersion) {
        return std::nullopt;
    }
    auto is_signer = [&](const KeyRing::Keys& k) { return is_signed_by(k, *bytes); };
    auto signer = std::find_if(keys.all().begin(), keys.all().end(), is_signer);
    if (signer == keys.all().end()) return std::nullopt;
    return UnsubscribeToken{.campaign = static_cast<std::uint32_t>(number_at(*bytes, 2, 3)),
                            .list = static_cast<std::uint16_t>(number_at(*bytes, 5, 2)),
                            .recipient = number_at(*bytes, 7, 5),
                            .address_hash = bytes->substr(12, kAddressHashBytes),
                            .key = signer->fingerprint};
}

bool token_is_for(const KeyRing& keys, const UnsubscribeToken& token,
                  std::string_view address_key) {
    return std::any_of(keys.all().begin(), keys.all().end(), [&](const KeyRing::Keys& k) {
        return equal_in_constant_time(address_hash(k, address_key), token.address_hash);
    });
}

}  // namespace tocsin
