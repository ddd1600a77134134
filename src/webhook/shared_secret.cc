#include "webhook/shared_secret.h"

#include "base/text.h"
#include "mail/base64.h"
#include "mail/digest.h"

namespace tocsin {
namespace {

// Of the hashes, so that lengths tell nothing either.
bool equal(std::string_view a, std::string_view b) {
    return equal_in_constant_time(sha256(a), sha256(b));
}

// What stands behind the name of a scheme, or empty.
std::string_view behind(std::string_view scheme, std::string_view authorization) {
    if (authorization.size() <= scheme.size() || authorization[scheme.size()] != ' ') return {};
    if (!ascii_iequals(authorization.substr(0, scheme.size()), scheme)) return {};
    return trim(authorization.substr(scheme.size()));
}

}  // namespace

bool shows_secret(std::string_view authorization, std::string_view secret) {
    if (secret.empty()) return false;
    if (auto token = behind("Bearer", authorization); !token.empty()) return equal(token, secret);
    auto login = from_base64(behind("Basic", authorization));
    if (!login) return false;
    const auto colon = login->find(':');
    if (colon == login->npos) return false;
    const bool any_user = secret.find(':') == secret.npos;
    return equal(any_user ? std::string_view(*login).substr(colon + 1) : *login, secret);
}

}  // namespace tocsin
