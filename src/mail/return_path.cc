#include "mail/return_path.h"

#include <algorithm>

#include "base/text.h"
#include "mail/digest.h"
#include "mail/token_bytes.h"

namespace tocsin {
namespace {

constexpr char kVersion = 1;
constexpr char kInAddress = '.', kInReference = '-';  // between ID and MAC
constexpr std::size_t kRowAt = 2, kRowBytes = 5, kHashAt = 7;
constexpr std::size_t kIdCharacters = 24;   // of 15 bytes
constexpr std::size_t kMacCharacters = 20;  // of 12 bytes
static_assert(kIdCharacters + 1 + kMacCharacters == kReturnPathCharacters);

std::string mac(const KeyRing::Keys& keys, std::string_view id) {
    return hmac_sha256(keys.return_path, id).substr(0, kMacBytes);
}

// Behind the last `+` of the local part: a forwarder may have written its own before it (SRS).
std::string_view plus_part(std::string_view address) {
    std::string_view local = address.substr(0, address.rfind('@'));
    auto plus = local.rfind('+');
    return plus == local.npos ? std::string_view() : local.substr(plus + 1);
}

// What stands behind the `+`, in lower case.
std::optional<ReturnPath> decode_part(const KeyRing& keys, std::string_view part, char separator) {
    if (part.size() != kReturnPathCharacters || part[kIdCharacters] != separator) {
        return std::nullopt;
    }
    auto id = from_base32(part.substr(0, kIdCharacters));
    auto told = from_base32(part.substr(kIdCharacters + 1));
    if (!id || !told || id->front() != kVersion) return std::nullopt;
    auto is_signer = [&](const KeyRing::Keys& k) {
        return (*id)[1] == key_id(k) && equal_in_constant_time(mac(k, *id), *told);
    };
    auto signer = std::find_if(keys.all().begin(), keys.all().end(), is_signer);
    if (signer == keys.all().end()) return std::nullopt;
    return ReturnPath{.recipient = number_at(*id, kRowAt, kRowBytes),
                      .address_hash = id->substr(kHashAt, kAddressHashBytes),
                      .key = signer->fingerprint};
}

}  // namespace

std::string encode_return_path(const KeyRing& keys, std::uint64_t recipient,
                               std::string_view address_key) {
    std::string id = {kVersion, key_id(keys.signing())};
    append_number(id, recipient, kRowBytes, "the recipient's number");
    id += address_hash(keys.signing(), address_key);
    return base32(id) + "." + base32(mac(keys.signing(), id));
}

std::optional<ReturnPath> decode_return_path(const KeyRing& keys, std::string_view address) {
    return decode_part(keys, ascii_lower(plus_part(address)), kInAddress);
}

std::string encode_reference(const KeyRing& keys, std::uint64_t recipient,
                             std::string_view address_key) {
    std::string reference = encode_return_path(keys, recipient, address_key);
    std::replace(reference.begin(), reference.end(), kInAddress, kInReference);
    return reference;
}

std::optional<ReturnPath> decode_reference(const KeyRing& keys, std::string_view reference) {
    return decode_part(keys, reference, kInReference);
}

std::string return_path_of(const Mailbox& bounce_address, std::string_view plus_part) {
    return bounce_address.local() + "+" + std::string(plus_part) + "@" + bounce_address.domain();
}

}  // namespace tocsin
