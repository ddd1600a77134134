// TLS and logins: what goes out in clear, and what a wrong certificate or password does.
#include <atomic>
#include <cstdlib>
#include <doctest/doctest.h>
#include <memory>

#include "base/error.h"
#include "unit/transport/tls_support.h"

using namespace tocsin;
using namespace tocsin::test;
using namespace std::chrono_literals;

namespace {

const std::string kPlain = "AUTH PLAIN AG1haWxlcgBwYXNzIHdvcmQgw6kh";

}  // namespace

TEST_CASE_FIXTURE(TlsFixture,
                  "STARTTLS and AUTH PLAIN: in clear goes nothing but EHLO and STARTTLS") {
    ScriptedServer server{secured()};
    Sending sending(settings(server), kClock, kPassword);
    CHECK(sending.send({"ann@example.org"}) == Lines{"1" + kAccepted});
    sending.transport->close();
    CHECK(server.lines() == Lines{"EHLO client.example", "STARTTLS", "tls EHLO client.example",
                                  "tls " + kPlain,
                                  "tls MAIL FROM:<bounces@harbour.example> SIZE=21",
                                  "tls RCPT TO:<ann@example.org>", "tls DATA", "tls QUIT"});
}

TEST_CASE_FIXTURE(TlsFixture, "AUTH LOGIN where the settings ask for it") {
    ScriptedServer server{secured()};
    SmtpSettings login = settings(server);
    login.auth = SmtpSettings::Auth::kLogin;
    Sending sending(login, kClock, kPassword);
    CHECK(sending.send({"ann@example.org"}) == Lines{"1" + kAccepted});
    CHECK(contains(server.lines(), "tls AUTH LOGIN bWFpbGVy"));
}

TEST_CASE_FIXTURE(TlsFixture, "implicit TLS: nothing at all goes in clear") {
    UsualServer implicit = secured();
    implicit.implicit_tls = true;
    ScriptedServer server{implicit};
    SmtpSettings smtps = settings(server);
    smtps.tls = SmtpSettings::Tls::kImplicit;
    Sending sending(smtps, kClock, kPassword);
    CHECK(sending.send({"ann@example.org", "bob@example.org"}) ==
          Lines{"1" + kAccepted, "2" + kAccepted});
    for (const std::string& line : server.lines()) CHECK(line.starts_with("tls "));
}

TEST_CASE_FIXTURE(TlsFixture, "capabilities are those of the EHLO under TLS") {
    UsualServer changing = secured();
    changing.reply = [](ServerSession& session, const std::string& line) -> std::string {
        if (!line.starts_with("EHLO") || session.encrypted()) return "";
        return "250-test.example\r\n250-SMTPUTF8\r\n250 STARTTLS";
    };
    ScriptedServer server{changing};
    Sending sending(settings(server), kClock, kPassword);
    Lines outcomes = sending.send({"jürgen@example.org", "ann@example.org"});
    REQUIRE(outcomes.size() == 2);
    CHECK(outcomes[0].find("does not offer SMTPUTF8") != std::string::npos);
    CHECK(outcomes[1] == "2" + kAccepted);
}

TEST_CASE_FIXTURE(TlsFixture, "a certificate of an unknown authority") {
    ScriptedServer server{secured()};
    SmtpSettings other = settings(server);
    TlsIdentity("DNS:localhost").write_certificate(other.ca_file);
    std::string why = unusable(other, server);
    CHECK(why.find("the certificate of localhost:") != std::string::npos);
    CHECK(why.find("cannot be trusted: SSL certificate problem: self") != std::string::npos);
    CHECK(server.lines() == Lines{"EHLO client.example", "STARTTLS"});
    CHECK(server.connections() == 1);
}

TEST_CASE_FIXTURE(TlsFixture, "the system's authorities do not know a test server") {
    ScriptedServer server{secured()};
    SmtpSettings system = settings(server);
    system.ca_file.clear();
    CHECK(unusable(system, server).find("cannot be trusted") != std::string::npos);
}

TEST_CASE_FIXTURE(TlsFixture, "a certificate for another name") {
    TlsIdentity elsewhere("DNS:elsewhere.example");
    UsualServer wrong = secured();
    wrong.identity = &elsewhere;
    ScriptedServer server{wrong};
    SmtpSettings trusting = settings(server);
    elsewhere.write_certificate(trusting.ca_file);
    std::string why = unusable(trusting, server);
    CHECK(why.find("cannot be trusted: SSL: no alternative certificate subject name") !=
          std::string::npos);
}

TEST_CASE_FIXTURE(TlsFixture, "an authority file that is not there, or holds none") {
    ScriptedServer server{secured()};
    SmtpSettings broken = settings(server);
    broken.ca_file = folder.path() / "missing.pem";
    CHECK(unusable(broken, server).find("cannot read certificates from") != std::string::npos);
}

TEST_CASE_FIXTURE(TlsFixture,
                  "a wrong password is tried once, on one connection, and told without secrets") {
    ScriptedServer server{secured()};
    SmtpSettings many = settings(server);
    many.connections = 5;
    std::string why = unusable(many, server, "wrong");
    CHECK(why.find("refused the login: the server said: 535 5.7.8 no such login for <address>") !=
          std::string::npos);
    CHECK(server.connections() == 1);
    auto lines = server.lines();
    CHECK(std::count_if(lines.begin(), lines.end(), [](const std::string& line) {
              return line.find("AUTH") != std::string::npos;
          }) == 1);
}

TEST_CASE_FIXTURE(TlsFixture, "no STARTTLS: not a byte of a login or a mail") {
    UsualServer clear;
    clear.username = "mailer";
    clear.password = kPassword;
    ScriptedServer server{clear};
    CHECK(unusable(settings(server), server).find("does not offer STARTTLS") != std::string::npos);
    CHECK(server.lines().front() == "EHLO client.example");
    CHECK(!contains(server.lines(), "AUTH"));
}

TEST_CASE_FIXTURE(TlsFixture, "STARTTLS refused") {
    UsualServer refusing = secured();
    refusing.reply = [](ServerSession&, const std::string& line) {
        return line == "STARTTLS" ? "454 4.7.0 no TLS now" : "";
    };
    ScriptedServer server{refusing};
    CHECK(unusable(settings(server), server).find("refused STARTTLS: 454 4.7.0 no TLS now") !=
          std::string::npos);
    CHECK(!contains(server.lines(), "AUTH"));
}

TEST_CASE_FIXTURE(TlsFixture,
                  "replies smuggled in behind the answer to STARTTLS are not believed") {
    UsualServer injected = secured();
    injected.reply = [](ServerSession&, const std::string& line) {
        return line == "STARTTLS" ? "220 go\r\n250-x\r\n250 SMTPUTF8" : "";
    };
    ScriptedServer server{injected};
    Sending sending(settings(server), kClock, kPassword);
    Lines outcomes = sending.send({"ann@example.org"});
    CHECK(contains(outcomes, "unusable"));
    CHECK(server.messages().empty());
    CHECK(!contains(server.lines(), "AUTH"));
}

TEST_CASE_FIXTURE(TlsFixture, "a login is configured and none is offered: no mail without it") {
    UsualServer open;
    open.identity = &identity;
    ScriptedServer server{open};
    CHECK(unusable(settings(server), server).find("offers no login (AUTH)") != std::string::npos);
}

TEST_CASE_FIXTURE(TlsFixture,
                  "clear text where the settings say so, with a login if there is one") {
    UsualServer clear;
    clear.username = "mailer";
    clear.password = kPassword;
    ScriptedServer server{clear};
    SmtpSettings plain = settings(server);
    plain.tls = SmtpSettings::Tls::kNone;
    Sending sending(plain, kClock, kPassword);
    CHECK(sending.send({"ann@example.org"}) == Lines{"1" + kAccepted});
    CHECK(contains(server.lines(), kPlain));
}

TEST_CASE("refused connections, unknown hosts and hosts that cannot be") {
    SmtpSettings settings;
    {
        ScriptedServer gone{UsualServer{}};
        settings = settings_for(gone);
    }
    Sending refused(settings, kClock);
    CHECK(contains(refused.send({"ann@example.org"}), ": Connection refused"));
    settings.host = "no-such-host.invalid";
    Sending unknown(settings, kClock);
    CHECK(contains(unknown.send({"ann@example.org"}),
                   "unusable: cannot find the server no-such-host.invalid"));
    NotedDepartures nobody;
    for (const char* host : {"", "a b", "a/b", "user@host", "a\r\nb", "a?b", "a#b"}) {
        CAPTURE(host);
        settings.host = host;
        CHECK_THROWS_AS(make_smtp_transport(settings, "client.example", "", kClock, nobody),
                        ConfigError);
    }
    settings.host = "localhost";
    for (const char* ehlo : {"", "a b", "a\r\nMAIL", "a/b", "[x]y", "\xC3\xA9.example"}) {
        CAPTURE(ehlo);
        CHECK_THROWS_AS(make_smtp_transport(settings, ehlo, "", kClock, nobody), ConfigError);
    }
    CHECK_NOTHROW(make_smtp_transport(settings, "[127.0.0.1]", "", kClock, nobody));
}

TEST_CASE("neither proxies of the environment nor a netrc are used") {
    ScriptedServer server{UsualServer{}};
    ::setenv("all_proxy", "http://127.0.0.1:1", 1);
    ::setenv("smtp_proxy", "http://127.0.0.1:1", 1);
    Sending sending(settings_for(server), kClock);
    Lines outcomes = sending.send({"ann@example.org"});
    ::unsetenv("all_proxy");
    ::unsetenv("smtp_proxy");
    CHECK(outcomes == Lines{"1" + kAccepted});
}

TEST_CASE_FIXTURE(TlsFixture,
                  "a server that stops reading under TLS gets the whole mail when it goes on") {
    std::string big = "Subject: big\r\n\r\n";
    for (int i = 0; i < 200'000; ++i) big += ".line " + std::to_string(i) + "\r\n";
    UsualServer slow = secured();
    slow.reply = [](ServerSession&, const std::string& line) -> std::string {
        if (line.starts_with("DATA")) std::this_thread::sleep_for(500ms);
        return "";
    };
    ScriptedServer server{slow};
    Sending sending(settings(server), kClock, kPassword);
    sending.submit(1, message_to("ann@example.org", big));
    CHECK(sending.finish() == Lines{"1" + kAccepted});
    CHECK(server.messages() == std::vector<std::string>{big});
}

TEST_CASE_FIXTURE(
    TlsFixture,
    "a reset under TLS, while idle and in the middle of a mail, ends nothing but itself") {
    UsualServer resetting = secured();
    resetting.reply = [](ServerSession& session, const std::string& line) -> std::string {
        if (line.starts_with("DATA") && session.number() == 1) session.reset();
        return "";
    };
    ScriptedServer server{resetting};
    Sending sending(settings(server), kClock, kPassword);
    Lines outcomes = sending.send({"ann@example.org", "bob@example.org"});
    REQUIRE(outcomes.size() == 2);
    CHECK(outcomes[0].starts_with("1 finished at data ("));
    CHECK(outcomes[1] == "2" + kAccepted);
}
