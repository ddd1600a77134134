#include "transport/http/visit.h"

#include <doctest/doctest.h>

#include "support/http_script.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

constexpr Milliseconds kPatience = std::chrono::seconds(10);

HttpRequest look(std::string method, std::string url) {
    HttpRequest request;
    request.method = std::move(method);
    request.url = std::move(url);
    return request;
}

}  // namespace

TEST_CASE("a HEAD is answered without a body, and a redirect is told as an absolute URL") {
    HeardRequest heard;
    ScriptedServer server(http_script([&](const HeardRequest& request) {
        heard = request;
        return "HTTP/1.1 301 Moved\r\nLocation: ../b?x=1#y\r\nContent-Length: 5000\r\n\r\n";
    }));
    HttpRequest request = look("HEAD", url_of(server, "/a/c d"));
    request.headers = {{"User-Agent", "somebody"}};
    Visit page = visit(request, kPatience);
    CHECK(heard.line == "HEAD /a/c%20d HTTP/1.1");
    CHECK(heard.headers["User-Agent"] == "somebody");
    CHECK(heard.headers.count("Cookie") == 0);
    CHECK(page.status == 301);
    CHECK(page.location == url_of(server, "/b?x=1#y"));
    CHECK(page.trouble == Visit::Trouble::kNone);
}

TEST_CASE("the body of a GET is not waited for") {
    ScriptedServer server(http_script([&](const HeardRequest&) {
        return "HTTP/1.1 200 Fine\r\nContent-Length: 50000000\r\n\r\nbeginning";
    }));
    Visit page = visit(look("GET", url_of(server, "/large")), kPatience);
    CHECK(page.status == 200);
    CHECK(page.trouble == Visit::Trouble::kNone);
}

TEST_CASE("names and passwords of a URL, and other schemes, go nowhere") {
    ScriptedServer server(
        http_script([](const HeardRequest&) { return http_response(200, "", ""); }));
    std::string port = std::to_string(server.port());
    for (const std::string& url :
         {"http://me:secret@127.0.0.1:" + port + "/", std::string("file:///etc/passwd"),
          "ftp://127.0.0.1:" + port + "/", std::string("http://"), std::string("")}) {
        CAPTURE(url);
        Visit page = visit(look("HEAD", url), kPatience);
        CHECK(page.trouble == Visit::Trouble::kUrl);
        CHECK(page.status == 0);
    }
    CHECK(server.connections() == 0);
}

TEST_CASE("kinds of trouble are told apart") {
    using Trouble = Visit::Trouble;
    std::string closed;
    {
        ScriptedServer server(http_script([](const HeardRequest&) { return std::string(); }));
        closed = url_of(server, "/secret");
        CHECK(visit(look("HEAD", url_of(server, "/")), kPatience).trouble == Trouble::kAnswer);
    }
    Visit refused = visit(look("HEAD", closed), kPatience);
    CHECK(refused.trouble == Trouble::kHost);
    CHECK(refused.said.find("/secret") == std::string::npos);
    CHECK(visit(look("HEAD", "https://nobody.invalid/"), kPatience).trouble == Trouble::kHost);

    ScriptedServer silent([](ServerSession& session) { session.hear_bytes(1u << 20); });
    CHECK(visit(look("HEAD", url_of(silent, "/")), Milliseconds(300)).trouble == Trouble::kTimeout);
}

TEST_CASE("a certificate that nobody vouches for is trouble") {
    TlsIdentity identity("IP:127.0.0.1");
    ScriptedServer server(
        http_script([](const HeardRequest&) { return http_response(200, "", ""); }, &identity));
    CHECK(visit(look("HEAD", url_of(server, "/", "https")), kPatience).trouble ==
          Visit::Trouble::kTls);
}
