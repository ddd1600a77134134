// What every HTTP request of ours shares on its way into libcurl: TLS is verified, against the
// system's authorities or those in the file that SSL_CERT_FILE names; `http:` goes to the loopback
// only; redirects are not followed; no proxy of the environment is taken; no 100-continue is waited
// for.
#pragma once

#include <memory>
#include <string>

#include "transport/curl_handles.h"
#include "transport/http/message.h"

namespace tocsin {

struct CurlListCloser {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlList = std::unique_ptr<curl_slist, CurlListCloser>;

// Throws Unavailable where the URL cannot be understood, or would leave this machine in the clear.
CurlUrl parse_url(const std::string& text);
// "https://api.harbour.example:443": never the path, which may be a token.
std::string shown_server(CURLU* url);

// `url` outlives the transfer.
void set_route(CURL* easy, CURLU* url);
void set_tls(CURL* easy);
// All headers of the request and our User-Agent, which some providers demand. The list outlives the
// transfer.
CurlList set_headers(CURL* easy, const HttpRequest& request);

// For people: what libcurl said, without what looks like an address or a secret.
std::string reason_of(CURLcode code, const char* said);

}  // namespace tocsin
