// Logins by token and by certificate, and what a certificate or a token that is wrong does.
#include <doctest/doctest.h>
#include <fstream>

#include "base/error.h"
#include "unit/transport/tls_support.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

const std::string kToken = "ya29.token~with+odd/characters==";

struct LoginFixture : TlsFixture {
    TlsIdentity client{"DNS:client.example"};

    UsualServer by_token() const {
        UsualServer server;
        server.identity = &identity;
        server.username = "mailer@test.example";
        server.token = kToken;
        return server;
    }
    SmtpSettings token_settings(const ScriptedServer& server) const {
        SmtpSettings result = settings(server);
        result.username = "mailer@test.example";
        result.auth = SmtpSettings::Auth::kXoauth2;
        return result;
    }
    UsualServer by_certificate() {
        identity.ask_clients_for(client);
        UsualServer server;
        server.identity = &identity;
        server.external = true;
        return server;
    }
    SmtpSettings certificate_settings(const ScriptedServer& server) const {
        SmtpSettings result = settings(server);
        result.username = "";
        result.auth = SmtpSettings::Auth::kExternal;
        result.client_certificate = folder.path() / "client.pem";
        client.write_both(result.client_certificate);
        return result;
    }
};

// Of a transport that cannot be used, once it has said so.
std::string failure_and_hint(const SmtpSettings& settings) {
    Sending sending(settings, kClock);
    sending.submit(1, message_to("ann@example.org"));
    while (!sending.transport->idle()) {
        for (const TransportEvent& event : sending.transport->poll(20ms)) {
            const auto* why = std::get_if<Unusable>(&event);
            if (why != nullptr) return why->message + " | " + why->hint;
        }
    }
    return "";
}

std::string config_error(const SmtpSettings& settings) {
    try {
        NotedDepartures nobody;
        make_smtp_transport(settings, "client.example", "", kClock, nobody);
    } catch (const ConfigError& error) {
        return std::string(error.what()) + " | " + error.hint();
    }
    return "";
}

}  // namespace

TEST_CASE_FIXTURE(LoginFixture, "XOAUTH2: the token logs in, and goes nowhere in clear") {
    ScriptedServer server{by_token()};
    Sending sending(token_settings(server), kClock, kToken);
    CHECK(sending.send({"ann@example.org"}) == Lines{"1" + kAccepted});
    CHECK(contains(server.lines(), "tls AUTH XOAUTH2 dXNlcj1tYWlsZXJAdGVzdC5leGFtcGxlAWF1dGg9"));
}

TEST_CASE_FIXTURE(LoginFixture, "XOAUTH2 with a token that has expired: one try, no mail") {
    ScriptedServer server{by_token()};
    std::string why = unusable(token_settings(server), server, "expired");
    CHECK(why == "unusable: localhost:" + std::to_string(server.port()) +
                     " refused the login: it does not accept the token");
    CHECK(server.connections() == 1);
}

TEST_CASE_FIXTURE(LoginFixture, "a token longer than a command line may be is sent on its own") {
    UsualServer patient = by_token();
    patient.token.clear();
    patient.reply = [](ServerSession& session, const std::string& line) -> std::string {
        if (line.starts_with("EHLO") && session.encrypted()) {
            return "250-test.example\r\n250 AUTH XOAUTH2";
        }
        if (line != "AUTH XOAUTH2") return "";
        session.say("334 \r\n");
        return session.hear().size() > 2000 ? "235 2.7.0 welcome" : "535 5.7.8 no";
    };
    ScriptedServer server{patient};
    Sending sending(token_settings(server), kClock, std::string(2000, 't'));
    CHECK(sending.send({"ann@example.org"}) == Lines{"1" + kAccepted});
}

TEST_CASE_FIXTURE(LoginFixture,
                  "a server that offers other logins than the one we are told to use") {
    ScriptedServer server{secured()};
    CHECK(unusable(token_settings(server), server, kToken) ==
          "unusable: localhost:" + std::to_string(server.port()) +
              " offers logins (AUTH), but not with `auth: xoauth2`");
    CHECK(!contains(server.lines(), "AUTH"));
}

TEST_CASE_FIXTURE(LoginFixture, "EXTERNAL: the certificate logs in, without a password") {
    ScriptedServer server{by_certificate()};
    Sending sending(certificate_settings(server), kClock);
    CHECK(sending.send({"ann@example.org"}) == Lines{"1" + kAccepted});
    CHECK(contains(server.lines(), "tls AUTH EXTERNAL ="));
}

TEST_CASE_FIXTURE(LoginFixture, "EXTERNAL with a name") {
    UsualServer named = by_certificate();
    named.username = "mailer";
    ScriptedServer server{named};
    SmtpSettings settings = certificate_settings(server);
    settings.username = "mailer";
    Sending sending(settings, kClock);
    CHECK(sending.send({"ann@example.org"}) == Lines{"1" + kAccepted});
    CHECK(contains(server.lines(), "tls AUTH EXTERNAL bWFpbGVy"));
}

TEST_CASE_FIXTURE(LoginFixture, "EXTERNAL is configured and not offered: no mail without it") {
    UsualServer open;
    open.identity = &identity;
    ScriptedServer server{open};
    CHECK(unusable(certificate_settings(server), server, "").find("offers no login (AUTH)") !=
          std::string::npos);
}

TEST_CASE_FIXTURE(LoginFixture, "a certificate beside a password is shown too") {
    UsualServer both = secured();
    identity.ask_clients_for(client);
    bool shown = false;
    both.reply = [&](ServerSession& session, const std::string& line) -> std::string {
        if (line.starts_with("AUTH")) shown = session.client_is_known();
        return "";
    };
    ScriptedServer server{both};
    SmtpSettings settings = certificate_settings(server);
    settings.username = "mailer";
    settings.auth = SmtpSettings::Auth::kBest;
    Sending sending(settings, kClock, kPassword);
    CHECK(sending.send({"ann@example.org"}) == Lines{"1" + kAccepted});
    CHECK(shown);
}

TEST_CASE_FIXTURE(LoginFixture, "a certificate that the server does not know") {
    ScriptedServer server{by_certificate()};
    SmtpSettings settings = certificate_settings(server);
    TlsIdentity("DNS:stranger.example").write_both(settings.client_certificate);
    std::string failure = failure_and_hint(settings);
    CHECK(failure.find(" broke off while connecting: ") != std::string::npos);
    CHECK(failure.ends_with(" | the server may not accept `client_certificate`"));
    CHECK(!contains(server.lines(), "AUTH"));
}

TEST_CASE_FIXTURE(LoginFixture,
                  "a file that holds no certificate, none of its key, or a locked one") {
    ScriptedServer server{by_certificate()};
    SmtpSettings settings = certificate_settings(server);
    auto why = [&] { return unusable(settings, server, ""); };
    std::string fault = "cannot use `client_certificate` " + settings.client_certificate.string();
    std::ofstream(settings.client_certificate) << "no PEM\n";
    CHECK(why().find(fault) != std::string::npos);
    client.write_certificate(settings.client_certificate);
    CHECK(why().find(fault) != std::string::npos);
    client.write_both(settings.client_certificate, "a passphrase");
    CHECK(why().find(fault) != std::string::npos);
    CHECK(!contains(server.lines(), "AUTH"));
}

TEST_CASE_FIXTURE(LoginFixture,
                  "a key that is gone or that everybody can read is refused at once") {
    ScriptedServer server{by_certificate()};
    SmtpSettings settings = certificate_settings(server);
    std::string path = settings.client_certificate.string();
    using std::filesystem::perms;
    std::filesystem::permissions(path, perms(0640));
    CHECK(config_error(settings) == "");
    std::filesystem::permissions(path, perms(0644));
    CHECK(config_error(settings) == "`client_certificate` " + path +
                                        " holds a key that everybody can read | chmod o= " + path);
    std::filesystem::remove(path);
    CHECK(config_error(settings) ==
          "cannot read `client_certificate` " + path + ": No such file or directory | ");
    CHECK(server.connections() == 0);
}
