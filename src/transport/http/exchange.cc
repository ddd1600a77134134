#include "transport/http/exchange.h"

#include <cstdlib>

#include "base/error.h"
#include "base/log.h"
#include "base/text.h"
#include "transport/curl_handles.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostHeaders = 64u << 10;

struct CurlListCloser {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlList = std::unique_ptr<curl_slist, CurlListCloser>;

std::string part(CURLU* url, CURLUPart which, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, flags) != CURLUE_OK) return {};
    std::string result = text;
    curl_free(text);
    return result;
}

std::string shown_server(CURLU* url) {
    return part(url, CURLUPART_SCHEME) + "://" + part(url, CURLUPART_HOST) + ":" +
           part(url, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

// libcurl itself resolves `localhost` to the loopback, whatever the system says.
bool is_loopback(const std::string& host) {
    std::string lower = ascii_lower(host);
    return lower == "localhost" || lower == "127.0.0.1" || lower == "[::1]";
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

// What one exchange gathers, and what bounds it.
struct Gathering {
    HttpResponse response;
    std::size_t most = 0;
    std::size_t header_bytes = 0;
    bool too_large = false;
    const std::atomic<bool>* stop = nullptr;
};

std::size_t take_body(char* bytes, std::size_t one, std::size_t count, void* to) {
    auto& into = *static_cast<Gathering*>(to);
    into.too_large = into.response.body.size() + one * count > into.most;
    if (into.too_large) return 0;
    into.response.body.append(bytes, one * count);
    return one * count;
}

// Lines of an interim response (1xx) are followed by those of the final one.
std::size_t take_header(char* bytes, std::size_t one, std::size_t count, void* to) {
    auto& into = *static_cast<Gathering*>(to);
    std::string_view line = trim({bytes, one * count});
    into.header_bytes += one * count;
    into.too_large = into.header_bytes > kMostHeaders;
    if (into.too_large) return 0;
    auto colon = line.find(':');
    if (line.starts_with("HTTP/")) {
        into.response.headers.clear();
    } else if (colon != std::string_view::npos) {
        into.response.headers.emplace_back(ascii_lower(line.substr(0, colon)),
                                           trim(line.substr(colon + 1)));
    }
    return one * count;
}

int must_stop(void* from, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    const auto* stop = static_cast<Gathering*>(from)->stop;
    return stop != nullptr && *stop ? 1 : 0;
}

void set_route(CURL* easy, CURLU* url, Milliseconds timeout) {
    curl_easy_setopt(easy, CURLOPT_CURLU, url);
    curl_easy_setopt(easy, CURLOPT_PROXY, "");
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout.count()));
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

CurlList set_request(CURL* easy, const HttpRequest& request) {
    curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
    if (request.method != "GET") {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body.size()));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.c_str());
        curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    }
    CurlList lines(curl_slist_append(nullptr, "Expect:"));
    for (const auto& [name, value] : request.headers) {
        curl_slist_append(lines.get(), (name + ": " + value).c_str());
    }
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, lines.get());
    return lines;
}

void set_gathering(CURL* easy, Gathering& into) {
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, &into);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, &into);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, must_stop);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, &into);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
}

std::string reason_of(CURLcode code, const char* said, const Gathering& gathered) {
    if (gathered.too_large) return "the answer is too large";
    if (code == CURLE_ABORTED_BY_CALLBACK) return "stopped";
    return redacted(printable(*said != '\0' ? said : curl_easy_strerror(code)));
}

}  // namespace

HttpResponse exchange(const HttpRequest& request, const ExchangeLimits& limits) {
    CurlUrl url = parse_url(request.url);
    CurlEasy easy = make_curl_easy();
    Gathering gathered;
    gathered.most = limits.most;
    gathered.stop = limits.stop;
    char said[CURL_ERROR_SIZE] = "";
    curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, said);
    set_route(easy.get(), url.get(), limits.timeout);
    set_tls(easy.get());
    CurlList lines = set_request(easy.get(), request);
    set_gathering(easy.get(), gathered);
    if (CURLcode code = curl_easy_perform(easy.get()); code != CURLE_OK) {
        throw Unavailable("cannot reach " + shown_server(url.get()) + ": " +
                          reason_of(code, said, gathered));
    }
    long status = 0;
    curl_easy_getinfo(easy.get(), CURLINFO_RESPONSE_CODE, &status);
    gathered.response.status = static_cast<int>(status);
    return std::move(gathered.response);
}

}  // namespace tocsin
