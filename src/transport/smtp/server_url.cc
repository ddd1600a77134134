#include "transport/smtp/server_url.h"

#include "base/error.h"
#include "base/text.h"

namespace tocsin {
namespace {

constexpr std::string_view kAlphanumeric =
    "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

// A domain or an address literal (RFC 5321 section 4.1.1.1).
bool is_ehlo_name(std::string_view name) {
    bool literal = name.size() > 2 && name.starts_with('[') && name.ends_with(']');
    if (literal) name = name.substr(1, name.size() - 2);
    std::string allowed = std::string(kAlphanumeric) + (literal ? ".:" : ".-");
    return !name.empty() && name.size() <= 255 && name.find_first_not_of(allowed) == name.npos;
}

std::string bracketed(const std::string& host) {
    bool bare_ipv6 = host.find(':') != std::string::npos && !host.starts_with('[');
    return bare_ipv6 ? "[" + host + "]" : host;
}

}  // namespace

CurlUrl server_url(const SmtpSettings& settings, const std::string& ehlo) {
    if (!is_ehlo_name(ehlo)) {
        throw ConfigError("`ehlo` must be a host name, not \"" + printable(ehlo) + "\"");
    }
    CurlUrl url(curl_url());
    bool implicit = settings.tls == SmtpSettings::Tls::kImplicit;
    auto set = [&](CURLUPart part, const std::string& value, unsigned flags = 0) {
        return curl_url_set(url.get(), part, value.c_str(), flags) == CURLUE_OK;
    };
    bool good = !has_control(settings.host) && set(CURLUPART_SCHEME, implicit ? "smtps" : "smtp") &&
                set(CURLUPART_HOST, bracketed(settings.host)) &&
                set(CURLUPART_PORT, std::to_string(settings.port)) &&
                set(CURLUPART_PATH, "/" + ehlo, CURLU_URLENCODE);
    if (good) return url;
    throw ConfigError("the transport's `host` or `port` cannot be used: \"" +
                      printable(settings.host) + "\", " + std::to_string(settings.port));
}

}  // namespace tocsin
