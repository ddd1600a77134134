#include "transport/smtp/connect_failure.h"

#include <cstring>

#include "base/log.h"
#include "base/text.h"

namespace tocsin {
namespace {

using Kind = ConnectFailure::Kind;

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

ConnectFailure login_refused(const ConnectTrace& trace, const SmtpSettings& settings) {
    bool passing = trace.talk.last_code() >= 400 && trace.talk.last_code() < 500;
    return {passing ? Kind::kUnreachable : Kind::kSettings,
            shown_server(settings) + " refused the login: " + said(trace),
            "check `username`, `password` and `auth` of the transport; no mail was sent"};
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

ConnectFailure broke_off(const ConnectTrace& trace, const SmtpSettings& settings) {
    bool refused = trace.talk.last_code() >= 400;
    Kind kind = trace.talk.last_code() >= 500 ? Kind::kUnreachable : Kind::kTemporary;
    return {kind,
            shown_server(settings) +
                (refused ? " does not accept connections: " : " broke off while connecting: ") +
                said(trace),
            ""};
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
    switch (trace.code) {
        case CURLE_COULDNT_RESOLVE_HOST:
            return {Kind::kUnreachable, "cannot find the server " + shown_server(settings),
                    "check `host` of the transport, and the network"};
        case CURLE_COULDNT_CONNECT:
            return {Kind::kUnreachable,
                    "cannot connect to " + shown_server(settings) + ": " + system_reason(trace),
                    "check `host` and `port` of the transport, and the network"};
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
        case CURLE_SSL_CONNECT_ERROR:
            return tls_failed(trace, settings);
        default:
            return broke_off(trace, settings);
    }
}

}  // namespace tocsin
