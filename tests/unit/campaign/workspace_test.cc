// tocsin.yaml
#include <doctest/doctest.h>

#include "base/error.h"
#include "unit/campaign/workspace_folder.h"

namespace tocsin {
namespace {

using testing::ids;
using testing::report;
using testing::WorkspaceFolder;

// The report on a tocsin.yaml, without the warnings about what is absent.
std::string errors_of(const std::string& text) {
    WorkspaceFolder folder;
    Findings findings;
    folder.config(text, findings);
    std::string all;
    findings.sort();
    for (const Finding& finding : findings.all()) {
        if (finding.severity == Severity::kError) all += format(finding);
    }
    return all;
}

std::string error_ids(const std::string& text) {
    WorkspaceFolder folder;
    Findings findings;
    folder.config(text, findings);
    Findings errors;
    for (const Finding& finding : findings.all()) {
        if (finding.severity == Severity::kError) errors.add(finding);
    }
    return ids(errors);
}

// The ids for a transport with these settings, in a line of their own.
std::string smtp_ids(const std::string& settings) {
    return error_ids("transports:\n  t: {type: smtp, " + settings + "}\n");
}

}  // namespace

TEST_CASE("a complete tocsin.yaml") {
    WorkspaceFolder folder;
    folder.write("certs/ca.pem", "x");
    Findings findings;
    auto read = folder.config(
        "organisation: {name: Harbour, postal_address: \"12 Quay\", website: "
        "https://harbour.example, colour: \"#0b5d7a\"}\n"
        "ledger: state/other.db\n"
        "secret: {env: TOCSIN_SECRET}\n"
        "previous_secrets: [{file: state/old}, {command: pass show x}]\n"
        "unsubscribe: {url: https://u.harbour.example/u/, mailto: unsubscribe@harbour.example}\n"
        "transport: relay\n"
        "transports:\n"
        "  outbox: {type: maildir, path: state/outbox}\n"
        "  relay:\n"
        "    type: smtp\n"
        "    host: smtp.harbour.example\n"
        "    port: 2525\n"
        "    tls: implicit\n"
        "    allow_plaintext: true\n"
        "    username: mailer\n"
        "    password: {env: SMTP_PASSWORD}\n"
        "    auth: login\n"
        "    ehlo: mail.harbour.example\n"
        "    ca_file: certs/ca.pem\n"
        "    client_certificate: certs/client.pem\n"
        "    source_address: 192.0.2.7\n"
        "    proxy: socks5h://127.0.0.1:9050\n"
        "    connections: 3\n"
        "    messages_per_connection: 7\n",
        findings);
    CHECK(report(findings) == "");
    REQUIRE(read);
    CHECK(read->root == folder.path());
    CHECK(read->organisation.name == "Harbour");
    CHECK(read->organisation.postal_address == "12 Quay");
    CHECK(read->organisation.website == "https://harbour.example");
    CHECK(read->organisation.colour == "#0b5d7a");
    CHECK(read->ledger == folder.path() / "state/other.db");
    CHECK(read->secret.kind == SecretSource::Kind::kEnvironment);
    CHECK(read->secret.value == "TOCSIN_SECRET");
    REQUIRE(read->previous_secrets.size() == 2);
    CHECK(read->previous_secrets[0].value == "state/old");
    CHECK(read->previous_secrets[1].kind == SecretSource::Kind::kCommand);
    CHECK(read->previous_secrets[1].value == "pass show x");
    CHECK(read->unsubscribe.url == "https://u.harbour.example/u/");
    CHECK(read->unsubscribe.mailto->wire() == "unsubscribe@harbour.example");
    CHECK(read->default_transport == "relay");
    CHECK(std::get<MaildirSettings>(read->transports.at("outbox").settings).path ==
          folder.path() / "state/outbox");
    const auto& relay = std::get<SmtpSettings>(read->transports.at("relay").settings);
    CHECK(relay.host == "smtp.harbour.example");
    CHECK(relay.port == 2525);
    CHECK(relay.tls == SmtpSettings::Tls::kImplicit);
    CHECK(relay.allow_plaintext);
    CHECK(relay.username == "mailer");
    CHECK(relay.password->value == "SMTP_PASSWORD");
    CHECK(relay.auth == SmtpSettings::Auth::kLogin);
    CHECK(relay.ehlo == "mail.harbour.example");
    CHECK(relay.ca_file == folder.path() / "certs/ca.pem");
    CHECK(relay.client_certificate == folder.path() / "certs/client.pem");
    CHECK(relay.source_address == "192.0.2.7");
    CHECK(relay.proxy == "socks5h://127.0.0.1:9050");
    CHECK(relay.connections == 3);
    CHECK(relay.messages_per_connection == 7);
    CHECK(read->transports.at("relay").place == Place{"tocsin.yaml", 9, 3});
}

TEST_CASE("an empty tocsin.yaml has the defaults") {
    WorkspaceFolder folder;
    Findings findings;
    auto read = folder.config("# nothing yet\n", findings);
    CHECK(findings.empty());
    REQUIRE(read);
    CHECK(read->ledger == folder.path() / "state/tocsin.db");
    CHECK(read->secret.kind == SecretSource::Kind::kFile);
    CHECK(read->secret.value == "state/secret");
    CHECK(read->transports.empty());
}

TEST_CASE("what mails need and tocsin.yaml lacks is kept for the lint, with its place") {
    auto lacks = [](const std::string& text) {
        WorkspaceFolder folder;
        Findings findings;
        auto read =
            parse_workspace_partly(SourceText("tocsin.yaml", text), folder.path(), findings);
        REQUIRE(read);
        std::string all;
        for (const auto& missing : {read->no_one_click, read->no_postal_address}) {
            all += missing ? std::to_string(missing->place.line) + ":" +
                                 std::to_string(missing->place.column) + " " + missing->excerpt
                           : "-";
            all += "|";
        }
        return all;
    };
    CHECK(lacks("") == "0:0 |0:0 |");
    CHECK(lacks("organisation: {name: C}\nunsubscribe: {mailto: u@c.example}\n") ==
          "2:1 unsubscribe: {mailto: u@c.example}|1:1 organisation: {name: C}|");
    CHECK(lacks("organisation: {postal_address: x}\nunsubscribe: {url: https://u.c.example/}\n") ==
          "-|-|");
    CHECK(lacks("organisation: {postal_address: x}\nunsubscribe: {url: http://127.0.0.1/}\n") ==
          "2:20 unsubscribe: {url: http://127.0.0.1/}|-|");
    // What has a fault of its own is not called missing as well.
    CHECK(lacks("organisation: {postal_address: \"\"}\nunsubscribe: {url: u.c.example}\n") ==
          "-|-|");
    CHECK(lacks("organisation:\nunsubscribe: none\n") == "-|-|");
    CHECK(lacks("organisation: x\nunsubscribe: [x]\n") == "-|-|");
}

TEST_CASE("defaults of an smtp transport; 465 with implicit TLS") {
    WorkspaceFolder folder;
    Findings findings;
    auto read = folder.config(
        "transports:\n  a: {type: smtp, host: x.example}\n"
        "  b: {type: smtp, host: x.example, tls: implicit}\n",
        findings);
    REQUIRE(read);
    const auto& a = std::get<SmtpSettings>(read->transports.at("a").settings);
    CHECK(a.port == 587);
    CHECK(a.tls == SmtpSettings::Tls::kRequired);
    CHECK(a.auth == SmtpSettings::Auth::kBest);
    CHECK(a.connections == 10);
    CHECK(a.messages_per_connection == 100);
    CHECK(std::get<SmtpSettings>(read->transports.at("b").settings).port == 465);
}

TEST_CASE("a literal secret is refused and never shown") {
    std::string text =
        "secret: hunter2\n"
        "previous_secrets: [hunter3, {env: A}]\n"
        "transports:\n"
        "  t: {type: smtp, host: x.example, username: u, password: hunter4, prot: 1}\n";
    CHECK(error_ids(text) ==
          "1:9 literal-secret, 2:20 literal-secret, 4:59 literal-secret, 4:68 unknown-key");
    CHECK(errors_of(text).find("hunter") == std::string::npos);
    CHECK(errors_of("password: hunter2: x\n").find("hunter") == std::string::npos);
    CHECK(errors_of("secret: hunter2\n") ==
          "tocsin.yaml:1:9: error: `secret` must not stand in the file itself "
          "[literal-secret]\n"
          "  secret: *******\n"
          "          ^\n"
          "  hint: use {env: NAME}, {file: PATH} or {command: \"…\"}\n");
}

TEST_CASE("a secret has one source") {
    CHECK(error_ids("secret: {env: A, file: b}\n") == "1:1 bad-value");
    CHECK(error_ids("secret: {}\n") == "1:1 bad-value");
    CHECK(error_ids("secret: {enf: A}\n") == "1:10 unknown-key");
    CHECK(error_ids("secret: {env: A-B}\n") == "1:15 bad-value");
    CHECK(error_ids("secret: {file: ../key}\n") == "1:16 path-outside");
    CHECK(error_ids("secret: {file: /etc/key}\n") == "1:16 path-outside");
    CHECK(error_ids("secret: [a]\n") == "1:9 wrong-type");
}

TEST_CASE("`tls: none` is for loopback, or asked for twice") {
    CHECK(errors_of("transports:\n  t: {type: smtp, host: x.example, tls: none}\n") ==
          "tocsin.yaml:2:41: error: `tls: none` would send mail and password readable over the "
          "network [plaintext]\n"
          "    t: {type: smtp, host: x.example, tls: none}\n"
          "                                          ^\n"
          "  hint: use `tls: required`; if you mean it, add `allow_plaintext: true`\n");
    for (std::string host : {"localhost", "127.0.0.1", "127.1.2.3", "\"[::1]\""}) {
        CAPTURE(host);
        CHECK(smtp_ids("host: " + host + ", tls: none") == "");
    }
    for (std::string host : {"127.0.0.1.example", "10.0.0.1", "localhost.example"}) {
        CAPTURE(host);
        CHECK(smtp_ids("host: " + host + ", tls: none") ==
              "2:" + std::to_string(32 + host.size()) + " plaintext");
    }
    CHECK(smtp_ids("host: x.example, tls: none, allow_plaintext: false") == "2:41 plaintext");
    CHECK(smtp_ids("host: x.example, tls: none, allow_plaintext: true") == "");
}

TEST_CASE("username and password go together") {
    CHECK(smtp_ids("host: x.example, username: a") == "2:36 incomplete-login");
    CHECK(smtp_ids("host: x.example, password: {env: A}") == "2:36 incomplete-login");
    CHECK(smtp_ids("host: x.example, username: a, password: {env: A}") == "");
}

TEST_CASE("each way to log in has what it needs, and nothing that it would ignore") {
    std::string host = "host: x.example, ";
    std::string named = host + "username: a, password: {env: A}, ";
    for (std::string auth : {"plain", "login", "xoauth2"}) {
        CAPTURE(auth);
        CHECK(smtp_ids(named + "auth: " + auth) == "");
        CHECK(smtp_ids(host + "auth: " + auth) == "2:36 incomplete-login");
    }
    CHECK(smtp_ids(host + "auth: external, client_certificate: c.pem") == "");
    CHECK(smtp_ids(host + "auth: external, client_certificate: c.pem, username: a") == "");
    CHECK(smtp_ids(host + "auth: external") == "2:36 incomplete-login");
    CHECK(smtp_ids(named + "auth: external, client_certificate: c.pem") ==
          "2:49 needless-password");
    CHECK(smtp_ids(named + "client_certificate: /etc/tocsin/c.pem") == "");
    CHECK(smtp_ids(host + "client_certificate: ../c.pem") == "2:56 path-outside");
    CHECK(smtp_ids("host: localhost, tls: none, client_certificate: c.pem") ==
          "2:47 certificate-without-tls");
}

TEST_CASE("a proxy has no password in the file, and none is shown") {
    CHECK(errors_of("transports:\n  t:\n    type: smtp\n    host: x.example\n"
                    "    proxy: http://me:hunter2@10.0.0.1:3128\n") ==
          "tocsin.yaml:5:12: error: `proxy` cannot hold a user name and password "
          "[literal-secret]\n"
          "      proxy: http://**********@10.0.0.1:3128\n"
          "             ^\n"
          "  hint: name only its host and port, and let it admit this machine by its address\n");
    CHECK(smtp_ids("host: x.example, proxy: \"http://10.0.0.1:3128\"") == "");
    CHECK(smtp_ids("host: x.example, proxy: \"https://10.0.0.1:443\"") == "2:43 bad-url");
    CHECK(smtp_ids("host: x.example, source_address: eth0") == "2:52 bad-ip-address");
}

TEST_CASE("`tls: none` through a proxy elsewhere leaves the machine") {
    std::string local = "host: localhost, tls: none, proxy: \"socks5h://";
    CHECK(smtp_ids(local + "127.0.0.1:9050\"") == "");
    CHECK(smtp_ids(local + "10.0.0.1:1080\"") == "2:41 plaintext");
    CHECK(smtp_ids(local + "10.0.0.1:1080\", allow_plaintext: true") == "");
}

TEST_CASE("numbers and flags of a transport") {
    for (std::string port : {"0", "65536", "99999999999999999999"}) {
        CAPTURE(port);
        CHECK(smtp_ids("host: x.example, port: " + port) == "2:42 out-of-range");
    }
    for (std::string port : {"025", "0x19", "\"25\"", "25.0", "+25", "smtp", "1_000", "2 5"}) {
        CAPTURE(port);
        CHECK(smtp_ids("host: x.example, port: " + port) == "2:42 wrong-type");
    }
    CHECK(smtp_ids("host: x.example, connections: 0") == "2:49 out-of-range");
    CHECK(smtp_ids("host: x.example, connections: 101") == "2:49 out-of-range");
    for (std::string flag : {"yes", "True", "on", "\"true\"", "1"}) {
        CAPTURE(flag);
        CHECK(smtp_ids("host: x.example, allow_plaintext: " + flag) == "2:53 wrong-type");
    }
    CHECK(errors_of("transports: {t: {type: smtp, host: x.example, allow_plaintext: yes}}\n") ==
          "tocsin.yaml:1:64: error: `allow_plaintext` expects `true` or `false`, found `yes` "
          "[wrong-type]\n"
          "  transports: {t: {type: smtp, host: x.example, allow_plaintext: yes}}\n"
          "                                                                 ^\n"
          "  hint: write `true` or `false`, in small letters and unquoted\n");
}

TEST_CASE("types, names and keys of transports") {
    CHECK(errors_of("transports:\n  a: {type: smpt}\n  b: {path: x}\n  c:\n  d: x\n") ==
          "tocsin.yaml:2:13: error: `type` cannot be `smpt` [unknown-value]\n"
          "    a: {type: smpt}\n"
          "              ^\n"
          "  hint: did you mean `smtp`?\n"
          "tocsin.yaml:3:3: error: `b` needs the key `type` [missing-key]\n"
          "    b: {path: x}\n"
          "    ^\n"
          "  hint: use `maildir`, `smtp`, `ses`, `sendgrid`, `mailgun`, `postmark`, `sparkpost`, "
          "`brevo`, `resend` or `mailjet`\n"
          "tocsin.yaml:4:3: error: `c` has no value [no-value]\n"
          "    c:\n"
          "    ^\n"
          "  hint: give it one, or take it out\n"
          "tocsin.yaml:5:6: error: `d` expects a map, found text [wrong-type]\n"
          "    d: x\n"
          "       ^\n");
    CHECK(error_ids("transports:\n  a b: {type: maildir, path: x}\n") == "2:3 bad-name");
    CHECK(error_ids("transports:\n  a: {type: maildir, host: x}\n") ==
          "2:3 missing-key, 2:22 unknown-key");
    CHECK(error_ids("transports:\n  a: {type: maildir, path: ../x}\n") == "2:28 path-outside");
    CHECK(error_ids("transports:\n  a: {type: smtp}\n") == "2:3 missing-key");
    CHECK(smtp_ids("host: \"smtp://x.example\"") == "2:25 bad-host");
    CHECK(smtp_ids("host: x.example, ehlo: a_b") == "2:42 bad-host");
    CHECK(smtp_ids("host: x.example, tls: starttls") == "2:41 unknown-value");
}

TEST_CASE("the default transport must exist") {
    CHECK(errors_of("transport: rely\ntransports:\n  relay: {type: maildir, path: x}\n") ==
          "tocsin.yaml:1:12: error: there is no transport `rely` [unknown-transport]\n"
          "  transport: rely\n"
          "             ^\n"
          "  hint: did you mean `relay`?\n");
    // One with faults of its own is still there.
    CHECK(error_ids("transport: ses\ntransports:\n  ses: {type: ses}\n") == "3:3 missing-key");
}

TEST_CASE("certificates may lie outside the workspace, but must exist") {
    CHECK(smtp_ids("host: x.example, ca_file: /nowhere/ca.pem") == "2:45 missing-file");
    CHECK(smtp_ids("host: x.example, ca_file: ca.pem") == "2:45 missing-file");
    CHECK(smtp_ids("host: x.example, ca_file: ../ca.pem") == "2:45 path-outside");
    WorkspaceFolder elsewhere;
    std::string file = elsewhere.write("ca.pem", "x").string();
    CHECK(smtp_ids("host: x.example, ca_file: " + file) == "");
}

TEST_CASE("unsubscribe: whether it must answer, and how often it is pulled from") {
    const std::string url = "unsubscribe: {url: \"http://127.0.0.1:8080/u/\"";
    WorkspaceFolder folder;
    Findings findings;
    auto usual = folder.config(url + "}\n", findings);
    REQUIRE(usual);
    CHECK_FALSE(usual->unsubscribe.require_live);
    CHECK(usual->unsubscribe.pull_every == std::chrono::minutes(2));
    auto strict = folder.config(url + ", require_live: true, pull_every: 30 seconds}\n", findings);
    REQUIRE(strict);
    CHECK(strict->unsubscribe.require_live);
    CHECK(strict->unsubscribe.pull_every == std::chrono::seconds(30));
    CHECK(error_ids(url + ", require_live: yes}\n") == "1:62 wrong-type");
    CHECK(error_ids(url + ", pull_every: 0 seconds}\n") == "1:60 out-of-range");
    CHECK(error_ids(url + ", pull_every: 2 days}\n") == "1:60 out-of-range");
    CHECK(error_ids("unsubscribe: {require_live: true}\n") == "1:29 no-url");
    CHECK(error_ids("unsubscribe: {require_live: false}\n") == "");
}

TEST_CASE("unsubscribe: what a token can be added to") {
    CHECK(error_ids("unsubscribe: {url: http://u.harbour.example/u/}\n") == "1:20 bad-url");
    CHECK(error_ids("unsubscribe: {url: https://u.harbour.example/u}\n") == "1:20 bad-url");
    CHECK(error_ids("unsubscribe: {url: https://u.harbour.example}\n") == "1:20 bad-url");
    CHECK(error_ids("unsubscribe: {url: \"https://u.harbour.example/?t=/\"}\n") == "1:20 bad-url");
    CHECK(error_ids("unsubscribe: {url: \"http://127.0.0.1:8080/u/\"}\n") == "");
    CHECK(error_ids("unsubscribe: {mailto: elevenchars@harbour.example}\n") == "");
    CHECK(error_ids("unsubscribe: {mailto: twelve-chars@harbour.example}\n") == "1:23 bad-address");
    CHECK(error_ids("unsubscribe: {mailto: nobody}\n") == "1:23 bad-address");
}

TEST_CASE("bounce_address: what a return path can be added to") {
    Findings none;
    auto read = WorkspaceFolder().config("bounce_address: bounces@b.harbour.example\n", none);
    REQUIRE(read);
    CHECK(read->bounce_address->wire() == "bounces@b.harbour.example");
    CHECK(error_ids("bounce_address: eighteen-character@b.harbour.example\n") == "");
    CHECK(error_ids("bounce_address: nineteen-characters@b.harbour.example\n") ==
          "1:17 bad-address");
    CHECK(error_ids("bounce_address: nobody\n") == "1:17 bad-address");
    CHECK(error_ids("bounce_address: [a@b.example]\n") == "1:17 wrong-type");
    CHECK(error_ids("bounce_address: \"prüf@b.example\"\n") == "1:17 bad-address");
    Findings findings;
    WorkspaceFolder().config("bounce_address: nineteen-characters@b.example\n", findings);
    CHECK(report(findings).find("has more than 18 characters before the `@`") != std::string::npos);
}

TEST_CASE("an approval is required or optional, and nothing else") {
    Findings findings;
    CHECK(WorkspaceFolder().config("approval: required\n", findings)->approval_required);
    CHECK_FALSE(WorkspaceFolder().config("approval: optional\n", findings)->approval_required);
    CHECK_FALSE(WorkspaceFolder().config("", findings)->approval_required);
    CHECK(error_ids("approval: always\n") == "1:11 unknown-value");
    CHECK(error_ids("approval:\n") == "1:1 no-value");
    CHECK(error_ids("approval: [required]\n") == "1:11 wrong-type");
}

TEST_CASE("many faults come out in one run, with a quote left open among them") {
    CHECK(error_ids("ledgr: x\n"
                    "organisation: [x]\n"
                    "transport:\n"
                    "secret: {env: A}\n"
                    "secret: {env: B}\n"
                    "retention: required\n"
                    "ledger: \"state/x\n") ==
          "1:1 unknown-key, 2:15 wrong-type, 3:1 no-value, 5:1 duplicate-key, 6:1 not-supported, "
          "7:9 unclosed-quote");
}

TEST_CASE("what could be read is there for `check`, though not for anything that sends") {
    WorkspaceFolder folder;
    SourceText source("tocsin.yaml", "typo: 1\ntransports:\n  a: {type: maildir, path: x}\n");
    Findings findings;
    auto partly = parse_workspace_partly(source, folder.path(), findings);
    REQUIRE(partly);
    CHECK(partly->transports.contains("a"));
    CHECK_FALSE(parse_workspace(source, folder.path(), findings));
    SourceText cut("tocsin.yaml", "transports: [\n");
    CHECK_FALSE(parse_workspace_partly(cut, folder.path(), findings));
}

TEST_CASE("the root is the folder of the file, with links resolved") {
    WorkspaceFolder folder;
    folder.write("real/tocsin.yaml", "ledger: a.db\n");
    std::filesystem::create_symlink(folder.path() / "real", folder.path() / "link");
    Findings findings;
    auto read = read_workspace(folder.path() / "link" / "tocsin.yaml", findings);
    REQUIRE(read);
    CHECK(read->root == folder.path() / "real");
    CHECK_THROWS_AS(read_workspace(folder.path() / "none.yaml", findings), MissingInput);
}

}  // namespace tocsin
