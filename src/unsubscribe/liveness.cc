#include "unsubscribe/liveness.h"

#include "base/error.h"
#include "base/text.h"
#include "campaign/url.h"
#include "mail/digest.h"
#include "transport/http/exchange.h"
#include "unsubscribe/proof.h"

namespace tocsin {
namespace {

// It may be that, or a server of another organisation's `serve`, or a page about it: we cannot
// tell.
constexpr char kUnproven[] =
    "`tocsin serve` must run there, with the same secret as this workspace has";

bool is_reserved(const std::string& url) {
    std::string host = ascii_lower(host_of_url(url));
    return host.ends_with(".example") || host.ends_with(".invalid");
}

Liveness dead(std::string trouble, std::string hint) {
    return {false, false, std::move(trouble), std::move(hint)};
}

Liveness judge(const HttpResponse& response, const std::string& proof) {
    std::string given = response.header(ascii_lower(kProofHeader));
    if (response.status != 200 || given.empty()) {
        return dead("`unsubscribe.url` answers with status " + std::to_string(response.status) +
                        ", but does not show that it knows our key",
                    kUnproven);
    }
    if (!equal_in_constant_time(given, proof)) {
        return dead("`unsubscribe.url` is served with another key: it takes none of our links",
                    kUnproven);
    }
    return {true, response.header(ascii_lower(kServeHeader)) == kServesStandalone, "", ""};
}

}  // namespace

Liveness prove_live(const KeyRing& keys, const std::string& url, Milliseconds timeout,
                    const std::atomic<bool>* stop) {
    if (is_reserved(url)) {
        return dead("`unsubscribe.url` is an example, which no server can have",
                    "name the address at which your `tocsin serve` can be reached");
    }
    const std::string probe = make_probe(keys);
    HttpRequest request;
    request.url = url + probe;
    ExchangeLimits limits;
    limits.timeout = timeout;
    limits.stop = stop;
    try {
        return judge(exchange(request, limits),
                     live_proof(keys, *decode_token(keys, probe), probe));
    } catch (const Unavailable& fault) {
        return dead(std::string("`unsubscribe.url` does not answer: ") + fault.what(), kUnproven);
    }
}

}  // namespace tocsin
