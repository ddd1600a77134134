#include "transport/smtp/connect_failure.h"

#include <cstring>

#include "base/log.h"
#include "base/text.h"

namespace tocsin {
namespace {

using Kind = ConnectFailure::Kind;
using Auth = SmtpSettings::Auth;

std::string auth_name(Auth auth) {
    switch (auth) {
        case Auth::kPlain:
            return "plain";
        case Auth::kLogin:
            return "login";
        case Auth::kXoauth2:
            return "xoauth2";
        case Auth::kExternal:
            return "external";
        case Auth::kBest:
            break;
    }
    return "";
}

// "the server said: 535 5.7.8 …", or libcurl's own words.
std::string said(const ConnectTrace& trace) {
    std::string line = trace.talk.last_line();
    if (!line.empty() && trace.talk.last_code() >= 400) return "the server said: " + line;
    return redacted(printable(trace.reason.empty() ? curl_easy_strerror(trace.code)
                                                   : std::string_view(trace.reason)));
}

std::string system_reason(const ConnectTrace& trace) {
    return trace.os_error != 0 ? std::strerror(trace.os_error) : said(trace);
}

// EHLO was the last that the server answered: libcurl found nothing to try.
bool no_login_tried(const ConnectTrace& trace) {
    return trace.talk.last_code() == 250;
}

ConnectFailure other_logins_offered(const SmtpSettings& settings) {
    std::string auth = auth_name(settings.auth);
    return {Kind::kSettings,
            shown_server(settings) + " offers logins (AUTH), but not " +
                (auth.empty() ? "one that can be used" : "with `auth: " + auth + "`"),
            auth.empty() ? "ask those who run the server how to log in"
                         : "leave out `auth` to take the best that it offers"};
}

ConnectFailure login_refused(const ConnectTrace& trace, const SmtpSettings& settings) {
    if (no_login_tried(trace)) return other_logins_offered(settings);
    bool passing = trace.talk.last_code() >= 400 && trace.talk.last_code() < 500;
    bool challenged = trace.talk.last_code() == 334 && settings.auth == Auth::kXoauth2;
    return {passing ? Kind::kUnreachable : Kind::kSettings,
            shown_server(settings) + " refused the login: " +
                (challenged ? "it does not accept the token" : said(trace)),
            settings.auth == Auth::kXoauth2
                ? "the token that `password` gives may have expired; no mail was sent"
                : "check `username`, `password` and `auth` of the transport; no mail was sent"};
}

ConnectFailure no_starttls(const ConnectTrace& trace, const SmtpSettings& settings) {
    bool refused = trace.talk.last_code() >= 400;
    return {Kind::kSettings,
            shown_server(settings) + (refused ? " refused STARTTLS: " + trace.talk.last_line()
                                              : " does not offer STARTTLS"),
            "`tls: implicit` (usually port 465) may be what it wants; nothing was sent in clear"};
}

ConnectFailure bad_certificate(const ConnectTrace& trace, const SmtpSettings& settings) {
    return {
        Kind::kSettings,
        "the certificate of " + shown_server(settings) + " cannot be trusted: " + said(trace),
        "check `host`; a server with an authority of its own needs `ca_file`; nothing was sent"};
}

ConnectFailure tls_failed(const ConnectTrace& trace, const SmtpSettings& settings) {
    bool implicit = settings.tls == SmtpSettings::Tls::kImplicit;
    return {Kind::kUnreachable, "TLS with " + shown_server(settings) + " failed: " + said(trace),
            implicit ? "`tls: implicit` is for port 465; for port 587 it is `tls: required`" : ""};
}

// RFC 1928 section 6.
std::string socks_reason(const ConnectTrace& trace) {
    switch (trace.socks_error) {
        case CURLPX_REPLY_NOT_ALLOWED:
            return "it does not allow that";
        case CURLPX_REPLY_NETWORK_UNREACHABLE:
            return "the network is unreachable";
        case CURLPX_REPLY_HOST_UNREACHABLE:
            return "the host is unreachable";
        case CURLPX_REPLY_CONNECTION_REFUSED:
            return "the connection was refused";
        case CURLPX_NO_AUTH:
            return "it wants a login, which is not supported";
        default:
            return said(trace);
    }
}

ConnectFailure unreachable(const ConnectTrace& trace, const SmtpSettings& settings) {
    if (settings.proxy.empty()) {
        return {Kind::kUnreachable,
                "cannot connect to " + shown_server(settings) + ": " + system_reason(trace),
                "check `host` and `port` of the transport, and the network"};
    }
    return {Kind::kUnreachable,
            "cannot connect to the proxy " + settings.proxy + ": " + system_reason(trace),
            "check `proxy` of the transport, and the network"};
}

ConnectFailure proxy_refused(const std::string& reason, const SmtpSettings& settings) {
    return {Kind::kUnreachable,
            "the proxy " + settings.proxy + " does not lead to " + shown_server(settings) + ": " +
                reason,
            "check `proxy`, `host` and `port` of the transport; many proxies refuse ports of mail"};
}

ConnectFailure broke_off(const ConnectTrace& trace, const SmtpSettings& settings) {
    bool refused = trace.talk.last_code() >= 400;
    Kind kind = trace.talk.last_code() >= 500 ? Kind::kUnreachable : Kind::kTemporary;
    return {kind,
            shown_server(settings) +
                (refused ? " does not accept connections: " : " broke off while connecting: ") +
                said(trace),
            // TLS 1.3 is set up before the server looks at it.
            settings.client_certificate.empty() || refused
                ? ""
                : "the server may not accept `client_certificate`"};
}

}  // namespace

std::string shown_server(const SmtpSettings& settings) {
    return settings.host + ":" + std::to_string(settings.port);
}

ConnectFailure no_login_offered(const SmtpSettings& settings) {
    return {Kind::kSettings, shown_server(settings) + " offers no login (AUTH)",
            "leave out `username` if it wants none; servers often offer it only after TLS"};
}

ConnectFailure too_slow(const std::string& what, const SmtpSettings& settings) {
    return {Kind::kTemporary, shown_server(settings) + " " + what, ""};
}

ConnectFailure explain(const ConnectTrace& trace, const SmtpSettings& settings) {
    if (trace.tunnel_status >= 300) {
        return proxy_refused("it answered " + std::to_string(trace.tunnel_status), settings);
    }
    switch (trace.code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return {Kind::kUnreachable, "cannot find the server " + shown_server(settings),
                    "check `host` of the transport, and the network"};
        case CURLE_COULDNT_CONNECT:
            return unreachable(trace, settings);
        case CURLE_COULDNT_RESOLVE_PROXY:
            return {Kind::kUnreachable, "cannot find the proxy " + settings.proxy,
                    "check `proxy` of the transport, and the network"};
        case CURLE_PROXY:
            return proxy_refused(socks_reason(trace), settings);
        case CURLE_INTERFACE_FAILED:
            return {Kind::kSettings,
                    "cannot connect from " + settings.source_address + ": " + system_reason(trace),
                    "`source_address` must be an address of this machine"};
        case CURLE_OPERATION_TIMEDOUT:
            return too_slow("does not answer", settings);
        case CURLE_LOGIN_DENIED:
            return login_refused(trace, settings);
        case CURLE_USE_SSL_FAILED:
            return no_starttls(trace, settings);
        case CURLE_PEER_FAILED_VERIFICATION:
            return bad_certificate(trace, settings);
        case CURLE_SSL_CACERT_BADFILE:
            return {Kind::kSettings, "cannot read certificates from " + settings.ca_file.string(),
                    "`ca_file` must be a PEM file with the authority of " + settings.host};
        case CURLE_SSL_CERTPROBLEM:
            return {Kind::kSettings,
                    "cannot use `client_certificate` " + settings.client_certificate.string() +
                        ": " + said(trace),
                    "it must be a PEM file with the certificate and its key, without a passphrase"};
        case CURLE_SSL_CONNECT_ERROR:
            return tls_failed(trace, settings);
        default:
            return broke_off(trace, settings);
    }
}

}  // namespace tocsin
