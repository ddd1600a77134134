#include "transport/http/visit.h"

#include "base/error.h"
#include "transport/http/curl_request.h"
#include "transport/http/response_reader.h"

namespace tocsin {
namespace {

using Trouble = Visit::Trouble;

Visit failed(Trouble trouble, std::string said) {
    return {0, "", trouble, std::move(said)};
}

// As browsers do, a blank in a URL is taken for `%20`.
CurlUrl url_of_web(const std::string& text) {
    constexpr unsigned kFlags = CURLU_DISALLOW_USER | CURLU_URLENCODE;
    CurlUrl url(curl_url());
    if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), kFlags) != CURLUE_OK) return nullptr;
    const std::string server = shown_server(url.get());
    return server.starts_with("https://") || server.starts_with("http://") ? std::move(url)
                                                                           : nullptr;
}

Trouble trouble_of(CURLcode code) {
    switch (code) {
        case CURLE_COULDNT_RESOLVE_HOST:
        case CURLE_COULDNT_CONNECT:
            return Trouble::kHost;
        case CURLE_SSL_CONNECT_ERROR:
        case CURLE_PEER_FAILED_VERIFICATION:
        case CURLE_SSL_CACERT_BADFILE:
            return Trouble::kTls;
        case CURLE_OPERATION_TIMEDOUT:
            return Trouble::kTimeout;
        default:
            return Trouble::kAnswer;
    }
}

Visit take(CURL* easy, ResponseReader& reader) {
    Visit result;
    result.status = reader.take(easy).status;
    char* location = nullptr;
    curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &location);
    if (location != nullptr) result.location = location;
    return result;
}

// The first byte of a body ends the transfer: the answer is known by then.
bool has_answered(CURLcode code, const ResponseReader& reader) {
    return code == CURLE_OK || (code == CURLE_WRITE_ERROR && reader.too_large());
}

}  // namespace

Visit visit(const HttpRequest& request, Milliseconds timeout) {
    CurlEasy easy = make_curl_easy();
    CurlUrl url = url_of_web(request.url);
    if (!url) return failed(Trouble::kUrl, "cannot be understood as an address of the web");
    ResponseReader reader(0);
    char said[CURL_ERROR_SIZE] = "";
    curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, said);
    set_route(easy.get(), url.get());
    set_tls(easy.get());
    curl_easy_setopt(easy.get(), CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
    curl_easy_setopt(easy.get(), request.method == "HEAD" ? CURLOPT_NOBODY : CURLOPT_HTTPGET, 1L);
    CurlList lines = set_headers(easy.get(), request);
    reader.attach(easy.get());
    const CURLcode code = curl_easy_perform(easy.get());
    if (has_answered(code, reader)) return take(easy.get(), reader);
    return failed(trouble_of(code), "cannot be reached: " + reason_of(code, said));
}

}  // namespace tocsin
