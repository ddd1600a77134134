#include "transport/http/exchange.h"

#include "base/error.h"
#include "transport/http/curl_request.h"
#include "transport/http/response_reader.h"

namespace tocsin {
namespace {

int must_stop(void* from, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto* stop = static_cast<const std::atomic<bool>*>(from);
    return *stop ? 1 : 0;
}

void set_limits(CURL* easy, const ExchangeLimits& limits) {
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(limits.timeout.count()));
    if (limits.stop == nullptr) return;
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, must_stop);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, limits.stop);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
}

void set_body(CURL* easy, const HttpRequest& request) {
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    if (request.method == "GET") return;
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.c_str());
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
}

std::string why(CURLcode code, const char* said, const ResponseReader& reader) {
    if (reader.too_large()) return "the answer is too large";
    if (code == CURLE_ABORTED_BY_CALLBACK) return "stopped";
    return reason_of(code, said);
}

}  // namespace

HttpResponse exchange(const HttpRequest& request, const ExchangeLimits& limits) {
    CurlUrl url = parse_url(request.url);
    CurlEasy easy = make_curl_easy();
    ResponseReader reader(limits.most);
    char said[CURL_ERROR_SIZE] = "";
    curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, said);
    set_route(easy.get(), url.get());
    set_limits(easy.get(), limits);
    set_tls(easy.get());
    set_body(easy.get(), request);
    CurlList lines = set_headers(easy.get(), request);
    reader.attach(easy.get());
    if (CURLcode code = curl_easy_perform(easy.get()); code != CURLE_OK) {
        throw Unavailable("cannot reach " + shown_server(url.get()) + ": " +
                          why(code, said, reader));
    }
    return reader.take(easy.get());
}

}  // namespace tocsin
