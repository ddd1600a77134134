#include "transport/http/reachability.h"

namespace tocsin {

namespace {

std::string hint_for(CURLcode code) {
    if (code == CURLE_SSL_CACERT_BADFILE) return "SSL_CERT_FILE must name a file of authorities";
    if (is_hopeless(code)) {
        return "the certificate is not that of this host, or of no known authority: check "
               "`endpoint`; SSL_CERT_FILE names other authorities";
    }
    if (code == CURLE_COULDNT_RESOLVE_HOST) return "check the network, and `endpoint` and `region`";
    return "nothing more was sent; run it again when the provider can be reached";
}

}  // namespace

bool is_hopeless(CURLcode code) {
    return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE ||
           code == CURLE_SSL_ISSUER_ERROR || code == CURLE_SSL_INVALIDCERTSTATUS;
}

Unusable unreachable(CURLcode code, const std::string& server, const std::string& why) {
    return {"cannot reach " + server + ": " + why, hint_for(code)};
}

Unusable unclear(const std::string& server, const std::string& why) {
    return {server + " gives no clear answers: " + why,
            "who is in doubt for it is held; look at the provider's own log and status page before "
            "you go on"};
}

}  // namespace tocsin
