// Proxies and source addresses: the way to the server, and what bars it.
#include <cstdlib>
#include <doctest/doctest.h>

#include "support/proxy_server.h"
#include "unit/transport/tls_support.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

using Kind = ProxyServer::Kind;

// Through `proxy` to a server that demands TLS and a login.
struct ProxyFixture : TlsFixture {
    ScriptedServer server{secured()};

    SmtpSettings through(const std::string& proxy) const {
        SmtpSettings result = settings(server);
        result.proxy = proxy;
        return result;
    }
    std::string server_name(const std::string& host = "localhost") const {
        return host + ":" + std::to_string(server.port());
    }
};

}  // namespace

TEST_CASE_FIXTURE(ProxyFixture, "a SOCKS5 proxy is asked for the name, and TLS goes through it") {
    ProxyServer proxy(Kind::kSocks5);
    Sending sending(through(proxy.url()), kClock, kPassword);
    CHECK(sending.send({"ann@example.org"}) == Lines{"1" + kAccepted});
    CHECK(proxy.targets() == Lines{server_name()});
}

TEST_CASE_FIXTURE(ProxyFixture, "`socks5` looks the name up here") {
    ProxyServer proxy(Kind::kSocks5);
    SmtpSettings settings = through("socks5" + proxy.url().substr(7));
    settings.source_address = "127.0.0.1";  // so that `localhost` is an IPv4 address
    Sending sending(settings, kClock, kPassword);
    CHECK(sending.send({"ann@example.org"}) == Lines{"1" + kAccepted});
    CHECK(proxy.targets() == Lines{server_name("127.0.0.1")});
}

TEST_CASE_FIXTURE(ProxyFixture, "an HTTP proxy makes a tunnel, and its headers are no EHLO lines") {
    ProxyServer proxy(Kind::kHttp);
    Sending sending(through(proxy.url()), kClock, kPassword);
    CHECK(sending.send({"ann@example.org", "bob@example.org"}) ==
          Lines{"1" + kAccepted, "2" + kAccepted});
    CHECK(proxy.targets() == Lines{server_name()});
    CHECK(server.lines().front() == "EHLO client.example");
}

TEST_CASE_FIXTURE(ProxyFixture, "`no_proxy` of the environment does not lead around the proxy") {
    ProxyServer proxy(Kind::kSocks5);
    ::setenv("no_proxy", "*", 1);
    Sending sending(through(proxy.url()), kClock, kPassword);
    Lines outcomes = sending.send({"ann@example.org"});
    ::unsetenv("no_proxy");
    CHECK(outcomes == Lines{"1" + kAccepted});
    CHECK(proxy.targets() == Lines{server_name()});
}

TEST_CASE_FIXTURE(ProxyFixture, "a proxy that refuses, and one that does not reach the server") {
    std::string barred = " does not lead to " + server_name() + ": ";
    auto why = [&](const ProxyServer& proxy) { return unusable(through(proxy.url()), server); };
    ProxyServer strict(Kind::kSocks5, 2);
    CHECK(why(strict) == "unusable: the proxy " + strict.url() + barred + "it does not allow that");
    ProxyServer failing(Kind::kSocks5, 5);
    CHECK(why(failing) ==
          "unusable: the proxy " + failing.url() + barred + "the connection was refused");
    ProxyServer forbidding(Kind::kHttp, 403);
    CHECK(why(forbidding) ==
          "unusable: the proxy " + forbidding.url() + barred + "it answered 403");
    ProxyServer with_login(Kind::kHttp, 407);
    CHECK(why(with_login) ==
          "unusable: the proxy " + with_login.url() + barred + "it answered 407");
    CHECK(server.connections() == 0);
}

TEST_CASE_FIXTURE(ProxyFixture, "a proxy that is gone: no connection around it") {
    std::string url;
    {
        ProxyServer gone(Kind::kHttp);
        url = gone.url();
    }
    CHECK(unusable(through(url), server) ==
          "unusable: cannot connect to the proxy " + url + ": Connection refused");
    CHECK(unusable(through("http://no-such-proxy.invalid:3128"), server) ==
          "unusable: cannot find the proxy http://no-such-proxy.invalid:3128");
    CHECK(server.connections() == 0);
}

TEST_CASE("the server sees the source address that is asked for") {
    std::string seen;
    UsualServer watching;
    watching.reply = [&](ServerSession& session, const std::string& line) -> std::string {
        if (line.starts_with("EHLO")) seen = session.peer();
        return "";
    };
    ScriptedServer server{watching};
    SmtpSettings settings = settings_for(server);
    settings.source_address = "127.1.2.3";
    Sending sending(settings, kClock);
    CHECK(sending.send({"ann@example.org"}) == Lines{"1" + kAccepted});
    CHECK(seen == "127.1.2.3");
}

TEST_CASE("a source address of another machine") {
    ScriptedServer server{UsualServer{}};
    SmtpSettings settings = settings_for(server);
    settings.source_address = "192.0.2.7";
    CHECK(unusable(settings, server, "") ==
          "unusable: cannot connect from 192.0.2.7: Cannot assign requested address");
    CHECK(server.connections() == 0);
}
