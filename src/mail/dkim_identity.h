// A DKIM key, and where receivers find its other half: the TXT record SELECTOR._domainkey.DOMAIN.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "mail/signing_key.h"

namespace tocsin {

struct DkimIdentity {
    // `domain` may be written in U-labels. The fault is of one of the three.
    static std::variant<DkimIdentity, SigningKey::Fault> make(std::string_view domain,
                                                              std::string_view selector,
                                                              std::string_view pem);

    std::string domain;    // lower-case A-labels
    std::string selector;  // lower case; labels of letters, digits and hyphens
    SigningKey key;
};

// Relaxed alignment, RFC 7489 section 3.1.1: the same domain, or one below the other. Two domains
// below a third count as strangers: whether one organisation owns both, only the list of public
// suffixes could say.
bool is_aligned(std::string_view signing_domain, std::string_view from_domain);

}  // namespace tocsin
