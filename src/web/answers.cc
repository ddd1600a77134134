#include "web/answers.h"

namespace tocsin {
namespace {

WebResponse answer(Asked asked, int status, std::string body, const char* type) {
    WebResponse response{status, asked, std::move(body)};
    response.headers = {{"Content-Type", type},
                        {"Cache-Control", "no-store"},
                        {"Referrer-Policy", "no-referrer"},
                        {"X-Content-Type-Options", "nosniff"},
                        {"X-Robots-Tag", "noindex, nofollow"}};
    if (status == 429) response.headers.emplace_back("Retry-After", "3600");
    if (status == 503) response.headers.emplace_back("Retry-After", "60");
    return response;
}

const char* words_for(int status) {
    switch (status) {
        case 400:
            return "This was not understood.\n";
        case 401:
            return "Nobody vouches for this.\n";
        case 404:
            return "There is nothing here.\n";
        case 405:
            return "This cannot be done here.\n";
        case 413:
            return "That is too much.\n";
        case 429:
            return "That was taken back very often. Please try again in an hour.\n";
        case 503:
            return "Please try again in a minute.\n";
        default:
            return "This did not work.\n";
    }
}

}  // namespace

WebResponse html_answer(Asked asked, int status, std::string html, const std::string& policy) {
    WebResponse response = answer(asked, status, std::move(html), "text/html; charset=utf-8");
    response.headers.emplace_back("Content-Security-Policy", policy);
    return response;
}

WebResponse text_answer(Asked asked, int status, std::string text) {
    WebResponse response = answer(asked, status, std::move(text), "text/plain; charset=utf-8");
    response.headers.emplace_back("Content-Security-Policy", "default-src 'none'");
    return response;
}

WebResponse refusal(Asked asked, int status) {
    WebResponse response = text_answer(asked, status, words_for(status));
    // Some clients show their password only when they are asked.
    if (status == 401) response.headers.emplace_back("WWW-Authenticate", "Basic realm=\"tocsin\"");
    if (status == 405) {
        const char* methods = asked == Asked::kPage      ? "GET, HEAD, POST"
                              : asked == Asked::kWebhook ? "POST"
                                                         : "GET, HEAD";
        response.headers.emplace_back("Allow", methods);
    }
    return response;
}

const std::string& mail_policy() {
    static const std::string policy =
        "default-src 'none'; img-src https: data:; style-src 'unsafe-inline' https:; font-src "
        "https: data:; media-src https:; base-uri 'none'; form-action 'none'; frame-ancestors "
        "'none'; sandbox allow-popups allow-popups-to-escape-sandbox";
    return policy;
}

}  // namespace tocsin
