#include "transport/http/exchange.h"

#include <cstdlib>
#include <doctest/doctest.h>

#include "base/error.h"
#include "support/http_script.h"
#include "support/temporary_folder.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

// What was said about an exchange that must fail.
std::string failure(const HttpRequest& request, const ExchangeLimits& limits = {}) {
    try {
        exchange(request, limits);
    } catch (const Unavailable& fault) {
        return fault.what();
    }
    return "no failure";
}

HttpRequest get(std::string url) {
    HttpRequest request;
    request.url = std::move(url);
    return request;
}

std::string with_authorities(const std::filesystem::path& file, const HttpRequest& request) {
    ::setenv("SSL_CERT_FILE", file.c_str(), 1);
    std::string said = failure(request);
    ::unsetenv("SSL_CERT_FILE");
    return said;
}

}  // namespace

TEST_CASE("a request arrives as it was asked for, and the answer comes back whole") {
    HeardRequest heard;
    ScriptedServer server(http_script([&](const HeardRequest& request) {
        heard = request;
        return http_response(404, "Tocsin-Proof:  abc \r\nX: 1\r\nx: 2\r\n", "a\r\nb");
    }));
    HttpRequest request = get(url_of(server, "/u/x?after=1"));
    request.method = "POST";
    request.headers = {{"Tocsin-Time", "12"}};
    request.body = "choice=list\r\n";
    HttpResponse response = exchange(request);
    CHECK(heard.line == "POST /u/x?after=1 HTTP/1.1");
    CHECK(heard.headers["Tocsin-Time"] == "12");
    CHECK(heard.body == "choice=list\r\n");
    CHECK(response.status == 404);
    CHECK(response.body == "a\r\nb");
    CHECK(response.header("tocsin-proof") == "abc");
    CHECK(response.header("x") == "1");
    CHECK(response.header("absent").empty());
}

TEST_CASE("a redirect is an answer, and nobody follows it") {
    ScriptedServer server(http_script(
        [](const HeardRequest&) { return http_response(302, "Location: /elsewhere\r\n", ""); }));
    CHECK(exchange(get(url_of(server, "/u/"))).status == 302);
    CHECK(server.connections() == 1);
}

TEST_CASE("http leaves this machine never") {
    for (const char* url :
         {"http://u.harbour.example/u/", "ftp://127.0.0.1/", "file:///etc/passwd",
          "http://127.0.0.1.harbour.example/", "http://localhost@harbour.example/"}) {
        CAPTURE(url);
        CHECK(failure(get(url)).find("only `https:` is safe") != std::string::npos);
    }
    CHECK(failure(get("nonsense")) != "no failure");
}

TEST_CASE("a proxy of the environment gets nothing") {
    ScriptedServer server(
        http_script([](const HeardRequest&) { return http_response(200, "", "direct"); }));
    ::setenv("http_proxy", "http://127.0.0.1:1", 1);
    CHECK(exchange(get(url_of(server, "/u/"))).body == "direct");
    ::unsetenv("http_proxy");
}

TEST_CASE("a path, which may be a token, is in no message") {
    std::string said = failure(get("http://127.0.0.1:1/u/secrettoken"));
    CHECK(said.find("http://127.0.0.1:1") != std::string::npos);
    CHECK(said.find("secrettoken") == std::string::npos);
}

TEST_CASE("an answer that is too large, or cut off, or not HTTP, is none") {
    std::string answer;
    ScriptedServer server(http_script([&](const HeardRequest&) { return answer; }));
    HttpRequest request = get(url_of(server, "/"));
    ExchangeLimits limits;
    limits.most = 10;
    answer = http_response(200, "", "0123456789");
    CHECK(exchange(request, limits).body == "0123456789");
    answer = http_response(200, "", "0123456789a");
    CHECK(failure(request, limits).find("too large") != std::string::npos);
    answer = "HTTP/1.1 200 OK\r\nX: " + std::string(70'000, 'x') + "\r\n\r\n";
    CHECK(failure(request).find("too large") != std::string::npos);
    answer = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut";
    CHECK(failure(request) != "no failure");
    answer = "220 this is a mail server\r\n";
    CHECK(failure(request) != "no failure");
}

TEST_CASE("a server that says nothing costs the time-out, or until it is stopped, and no more") {
    ScriptedServer server([](ServerSession& session) {
        while (true) session.hear();
    });
    HttpRequest request = get(url_of(server, "/"));
    ExchangeLimits limits;
    limits.timeout = Milliseconds(100);
    CHECK(failure(request, limits).find("timed out") != std::string::npos);
    std::atomic<bool> stop = true;
    limits.timeout = std::chrono::hours(1);
    limits.stop = &stop;
    CHECK(failure(request, limits).find("stopped") != std::string::npos);
}

TEST_CASE("TLS with an authority that SSL_CERT_FILE names, and with no other") {
    TemporaryFolder folder;
    TlsIdentity good("DNS:localhost,IP:127.0.0.1"), other("DNS:localhost,IP:127.0.0.1"),
        named_otherwise("DNS:u.harbour.example");
    auto file_of = [&](const TlsIdentity& identity) {
        auto file = folder.path() / "ca.pem";
        identity.write_certificate(file);
        return file;
    };
    auto script = [](const HeardRequest&) { return http_response(200, "", "secret"); };
    ScriptedServer server(http_script(script, &good));
    HttpRequest request = get(url_of(server, "/", "https"));
    CHECK(with_authorities(file_of(good), request) == "no failure");
    CHECK(with_authorities(file_of(other), request).find("certificate") != std::string::npos);
    CHECK(failure(request).find("certificate") != std::string::npos);
    ScriptedServer misnamed(http_script(script, &named_otherwise));
    CHECK(with_authorities(file_of(named_otherwise), get(url_of(misnamed, "/", "https"))) !=
          "no failure");
}
