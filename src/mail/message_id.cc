#include "mail/message_id.h"

#include "mail/digest.h"

namespace tocsin {

namespace {

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

}  // namespace tocsin
