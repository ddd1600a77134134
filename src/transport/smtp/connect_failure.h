// Why a connection could not be made, in words for the user.
#pragma once

#include <curl/curl.h>
#include <string>

#include "model/workspace.h"
#include "transport/smtp/server_talk.h"

namespace tocsin {

struct ConnectFailure {
    enum class Kind {
        kSettings,     // the next try would end the same: login, certificate, no STARTTLS
        kUnreachable,  // no such host, refused: hopeless at the start of a run, may pass later
        kTemporary,    // closed, too slow, "421 too many connections"
    };
    Kind kind = Kind::kTemporary;
    std::string message;
    std::string hint;
};

// What libcurl left behind.
struct ConnectTrace {
    CURLcode code = CURLE_OK;
    std::string reason;  // libcurl's error buffer
    int os_error = 0;
    int socks_error = 0;    // a CURLproxycode
    int tunnel_status = 0;  // what an HTTP proxy answered to CONNECT
    const ServerTalk& talk;
};

// Messages name host and port and never hold a secret.
ConnectFailure explain(const ConnectTrace& trace, const SmtpSettings& settings);

// The server was reached, but does not let us log in although we are told to.
ConnectFailure no_login_offered(const SmtpSettings& settings);

// `what` after the name of the server: "timed out …".
ConnectFailure too_slow(const std::string& what, const SmtpSettings& settings);

// "smtp.harbour.example:587"
std::string shown_server(const SmtpSettings& settings);

}  // namespace tocsin
