#include "mail/address_names.h"

#include <algorithm>

#include "base/random.h"
#include "mail/digest.h"

namespace tocsin {
namespace {

constexpr std::size_t kKind = 2;  // characters of "h:" and "t:"
constexpr std::size_t kPermanentBytes = 16;
constexpr std::size_t kTokenBytes = 8;
constexpr std::size_t kFingerprintDigits = 16;

std::string prefix_of(const char* kind, std::string_view fingerprint) {
    return kind + std::string(fingerprint) + ":";
}

bool is_hex(std::string_view text, std::size_t digits) {
    return text.size() == digits &&
           text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

std::string name_of_hash(std::string_view key_fingerprint, std::string_view address_hash) {
    return prefix_of(kNameInToken, key_fingerprint) + to_hex(std::string(address_hash));
}

bool is_hashed_name(std::string_view name) {
    return name.starts_with(kPermanentName) || name.starts_with(kNameInToken);
}

bool is_well_formed_name(std::string_view name) {
    constexpr std::size_t kColon = kKind + kFingerprintDigits;
    std::size_t bytes = name.starts_with(kPermanentName) ? kPermanentBytes : kTokenBytes;
    return is_hashed_name(name) && name.size() > kColon && name[kColon] == ':' &&
           is_hex(name.substr(kKind, kFingerprintDigits), kFingerprintDigits) &&
           is_hex(name.substr(kColon + 1), 2 * bytes);
}

SuppressionKey::SuppressionKey(std::string_view secret)
    : fingerprint(to_hex(hkdf_sha256(secret, "tocsin suppression fingerprint").substr(0, 8))),
      hash(hkdf_sha256(secret, "tocsin suppressed address")) {}

AddressNames::AddressNames(const KeyRing& keys) {
    for (const KeyRing::Keys& key : keys.all())
        kinds_.push_back({prefix_of(kNameInToken, key.fingerprint), key.address, kTokenBytes});
}

AddressNames::AddressNames(const KeyRing& keys, const SuppressionKey& key, bool hash_new)
    : AddressNames(keys) {
    kinds_.insert(kinds_.begin(),
                  {prefix_of(kPermanentName, key.fingerprint), key.hash, kPermanentBytes});
    hash_new_ = hash_new;
}

bool AddressNames::has_permanent() const {
    return !kinds_.empty() && kinds_.front().prefix.starts_with(kPermanentName);
}

bool AddressNames::knows(std::string_view name) const {
    return std::any_of(kinds_.begin(), kinds_.end(),
                       [name](const Kind& kind) { return name.starts_with(kind.prefix); });
}

std::string AddressNames::name(std::size_t kind, std::string_view address) const {
    const Kind& of = kinds_.at(kind);
    return of.prefix + to_hex(hmac_sha256(of.key, address).substr(0, of.bytes));
}

std::vector<std::string> AddressNames::all(const std::string& address) const {
    std::vector<std::string> names{address};
    if (is_hashed_name(address)) return names;
    for (std::size_t kind = 0; kind < kinds_.size(); ++kind) names.push_back(name(kind, address));
    return names;
}

std::string AddressNames::kept(const std::string& address) const {
    return hash_new_ && !is_hashed_name(address) ? name(0, address) : address;
}

}  // namespace tocsin
