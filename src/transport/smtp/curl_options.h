// How libcurl is told to reach a server and log in: all that follows from the settings of a
// transport, and nothing that its user's environment would add.
#pragma once

#include <curl/curl.h>
#include <string>

#include "model/workspace.h"

namespace tocsin {

// Proxy and source address; TLS with verification; the login. `password` is the bearer token for
// XOAUTH2.
void set_route(CURL* easy, const SmtpSettings& settings);
void set_tls(CURL* easy, const SmtpSettings& settings);
void set_login(CURL* easy, const SmtpSettings& settings, const std::string& password);

// Whether mail may only be sent after a login.
bool must_log_in(const SmtpSettings& settings);

// Throws ConfigError if the client certificate's file is not there, or everybody can read it: it
// holds a key.
void check_client_certificate(const SmtpSettings& settings);

}  // namespace tocsin
