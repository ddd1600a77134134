// Servers that demand TLS and a login, and settings that satisfy them.
#pragma once

#include <doctest/doctest.h>
#include <string>

#include "unit/transport/pool_support.h"

namespace tocsin::test {

inline const SystemClock kClock;
inline const std::string kAccepted = " finished at end of data: 250 2.0.0 queued";
inline const std::string kPassword = "pass word \xC3\xA9!";

struct TlsFixture {
    TemporaryFolder folder;
    TlsIdentity identity{"DNS:localhost,IP:127.0.0.1"};

    UsualServer secured() const {
        UsualServer server;
        server.identity = &identity;
        server.username = "mailer";
        server.password = kPassword;
        return server;
    }
    SmtpSettings settings(const ScriptedServer& server) const {
        SmtpSettings result = settings_for(server);
        result.tls = SmtpSettings::Tls::kRequired;
        result.username = "mailer";
        result.ca_file = folder.path() / "ca.pem";
        identity.write_certificate(result.ca_file);
        return result;
    }
};

// Returns what was said about it; demands that the mail came back and nothing was mailed.
inline std::string unusable(const SmtpSettings& settings, const ScriptedServer& server,
                            const std::string& password = kPassword) {
    Sending sending(settings, kClock, password);
    Lines outcomes = sending.send({"ann@example.org", "bob@example.org"});
    CHECK(server.messages().empty());
    CHECK(!contains(server.lines(), "MAIL"));
    REQUIRE(outcomes.size() == 3);
    CHECK(outcomes[0] == "1 returned");
    CHECK(outcomes[1] == "2 returned");
    CHECK(!contains(outcomes, kPassword));
    CHECK(!contains(outcomes, "AG1haWxlcgBwYXNz"));
    return outcomes[2];
}

}  // namespace tocsin::test
