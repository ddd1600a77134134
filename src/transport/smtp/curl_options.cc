#include "transport/smtp/curl_options.h"

#include <cerrno>
#include <cstring>
#include <sys/stat.h>

#include "base/error.h"

namespace tocsin {
namespace {

using Auth = SmtpSettings::Auth;

const char* login_options(Auth auth) {
    switch (auth) {
        case Auth::kPlain:
            return "AUTH=PLAIN";
        case Auth::kLogin:
            return "AUTH=LOGIN";
        case Auth::kXoauth2:
            return "AUTH=XOAUTH2";
        case Auth::kExternal:
            return "AUTH=EXTERNAL";
        case Auth::kBest:
            break;
    }
    return "AUTH=*";
}

void set_client_certificate(CURL* easy, const SmtpSettings& settings) {
    if (settings.client_certificate.empty()) return;
    curl_easy_setopt(easy, CURLOPT_SSLCERT, settings.client_certificate.c_str());
    // Else OpenSSL would ask on the terminal for the passphrase of a key that has one.
    curl_easy_setopt(easy, CURLOPT_KEYPASSWD, "");
}

}  // namespace

void set_route(CURL* easy, const SmtpSettings& settings) {
    // Empty values, so that neither `https_proxy` nor `no_proxy` of the environment count.
    curl_easy_setopt(easy, CURLOPT_PROXY, settings.proxy.c_str());
    curl_easy_setopt(easy, CURLOPT_NOPROXY, "");
    curl_easy_setopt(easy, CURLOPT_HTTPPROXYTUNNEL, 1L);
    // Only the mail server's lines are for us.
    curl_easy_setopt(easy, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
    if (settings.source_address.empty()) return;
    // Without the prefix a name of an interface would do as well.
    curl_easy_setopt(easy, CURLOPT_INTERFACE, ("host!" + settings.source_address).c_str());
    bool is_ipv6 = settings.source_address.find(':') != std::string::npos;
    curl_easy_setopt(easy, CURLOPT_IPRESOLVE, is_ipv6 ? CURL_IPRESOLVE_V6 : CURL_IPRESOLVE_V4);
}

void set_tls(CURL* easy, const SmtpSettings& settings) {
    bool clear = settings.tls == SmtpSettings::Tls::kNone;
    curl_easy_setopt(easy, CURLOPT_USE_SSL, clear ? CURLUSESSL_NONE : CURLUSESSL_ALL);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    set_client_certificate(easy, settings);
    if (settings.ca_file.empty()) return;
    // Only this authority: the system's folder would else count as well.
    curl_easy_setopt(easy, CURLOPT_CAINFO, settings.ca_file.c_str());
    curl_easy_setopt(easy, CURLOPT_CAPATH, nullptr);
}

void set_login(CURL* easy, const SmtpSettings& settings, const std::string& password) {
    if (!must_log_in(settings)) return;
    curl_easy_setopt(easy, CURLOPT_LOGIN_OPTIONS, login_options(settings.auth));
    curl_easy_setopt(easy, CURLOPT_SASL_IR, 1L);
    if (!settings.username.empty()) {
        curl_easy_setopt(easy, CURLOPT_USERNAME, settings.username.c_str());
    }
    if (settings.auth == Auth::kXoauth2) {
        curl_easy_setopt(easy, CURLOPT_XOAUTH2_BEARER, password.c_str());
    } else if (settings.auth != Auth::kExternal) {
        curl_easy_setopt(easy, CURLOPT_PASSWORD, password.c_str());
    }
}

bool must_log_in(const SmtpSettings& settings) {
    return !settings.username.empty() || settings.auth == Auth::kExternal;
}

void check_client_certificate(const SmtpSettings& settings) {
    if (settings.client_certificate.empty()) return;
    std::string shown = settings.client_certificate.string();
    struct stat info {};
    if (::stat(shown.c_str(), &info) != 0) {
        throw ConfigError("cannot read `client_certificate` " + shown + ": " +
                          std::strerror(errno));
    }
    if (!S_ISREG(info.st_mode)) throw ConfigError("`client_certificate` " + shown + " is no file");
    if ((info.st_mode & S_IRWXO) != 0) {
        throw ConfigError("`client_certificate` " + shown + " holds a key that everybody can read",
                          "chmod o= " + shown);
    }
}

}  // namespace tocsin
