#include "mail/message_id.h"

#include "base/random.h"
#include "mail/digest.h"

namespace tocsin {

namespace {

constexpr std::string_view kProof = "test.";
constexpr std::size_t kProofBytes = 16;

std::string message_id(const KeyRing::Keys& key, std::string_view mailing,
                       std::string_view address_key, std::string_view domain) {
    // The NUL keeps apart what would otherwise run together: no key holds one.
    std::string name(mailing);
    name += '\0';
    name += address_key;
    std::string unique = hmac_sha256(key.message_id, name).substr(0, 16);
    return base32(unique) + "@" + std::string(domain);
}

}  // namespace

std::string make_message_id(const KeyRing& keys, std::string_view mailing,
                            std::string_view address_key, std::string_view domain) {
    return message_id(keys.signing(), mailing, address_key, domain);
}

std::vector<std::string> possible_message_ids(const KeyRing& keys, std::string_view mailing,
                                              std::string_view address_key,
                                              std::string_view domain) {
    std::vector<std::string> ids;
    for (const auto& key : keys.all()) ids.push_back(message_id(key, mailing, address_key, domain));
    return ids;
}

std::string make_proof_message_id(std::string_view domain) {
    return std::string(kProof) + random_hex(kProofBytes) + "@" + std::string(domain);
}

bool is_proof_message_id(std::string_view id) {
    if (!id.starts_with(kProof)) return false;
    id.remove_prefix(kProof.size());
    return id.find_first_not_of("0123456789abcdef") == 2 * kProofBytes &&
           id[2 * kProofBytes] == '@';
}

}  // namespace tocsin
