#include "transport/http/curl_request.h"

#include <algorithm>
#include <cstdlib>

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"

namespace tocsin {
namespace {

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return {};
    std::string result = text;
    curl_free(text);
    return result;
}

// libcurl itself resolves `localhost` to the loopback, whatever the system says.
bool is_loopback(const std::string& host) {
    std::string lower = ascii_lower(host);
    return lower == "localhost" || lower == "127.0.0.1" || lower == "[::1]";
}

}  // namespace

std::string shown_server(CURLU* url) {
    return part(url, CURLUPART_SCHEME) + "://" + part(url, CURLUPART_HOST) + ":" +
           part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

CurlUrl parse_url(const std::string& text) {
    CurlUrl url(curl_url());
    if (curl_url_set(url.get(), CURLUPART_URL, text.c_str(), 0) != CURLUE_OK) {
        throw Unavailable("an address on the web cannot be understood", "check the URL");
    }
    std::string scheme = part(url.get(), CURLUPART_SCHEME);
    bool clear = scheme == "http" && is_loopback(part(url.get(), CURLUPART_HOST));
    if (scheme == "https" || clear) return url;
    throw Unavailable(shown_server(url.get()) +
                      " is not asked: only `https:` is safe outside this machine");
}

void set_route(CURL* easy, CURLU* url) {
    curl_easy_setopt(easy, CURLOPT_CURLU, url);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    // Else a resolver that does not answer would hold us for longer than the time-out.
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
}

void set_tls(CURL* easy) {
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    const char* authorities = std::getenv("SSL_CERT_FILE");
    if (authorities == nullptr || *authorities == '\0') return;
    curl_easy_setopt(easy, CURLOPT_CAINFO, authorities);
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
}

CurlList set_headers(CURL* easy, const HttpRequest& request) {
    CurlList lines(curl_slist_append(nullptr, "Expect:"));
    bool named = false;
    for (const auto& [name, value] : request.headers) {
        // A header without a value would be taken for one to leave out.
        const std::string line = value.empty() ? name + ";" : name + ": " + value;
        curl_slist_append(lines.get(), line.c_str());
        named = named || ascii_iequals(name, "User-Agent");
    }
    if (!named) curl_easy_setopt(easy, CURLOPT_USERAGENT, "tocsin");
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lines.get());
    return lines;
}

std::string reason_of(CURLcode code, const char* said) {
    return redacted(printable(*said != '\0' ? said : curl_easy_strerror(code)));
}

}  // namespace tocsin
