#include "mail/message_id.h"

#include "mail/digest.h"

namespace tocsin {

std::string make_message_id(const KeyRing& keys, std::string_view mailing,
                            std::string_view address_key, std::string_view domain) {
    // The NUL keeps apart what would otherwise run together: no key holds one.
    std::string name(mailing);
    name += '\0';
    name += address_key;
    std::string unique = hmac_sha256(keys.signing().message_id, name).substr(0, 16);
    return base32(unique) + "@" + std::string(domain);
}

}  // namespace tocsin
