#include "probe/resolver.h"

#include <arpa/inet.h>
#include <array>
#include <atomic>
#include <doctest/doctest.h>
#include <functional>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <thread>

#include "base/descriptor.h"
#include "base/error.h"

using namespace tocsin;
using Kind = DnsAnswer::Kind;

namespace {

constexpr Milliseconds kShort{200};

// A name server over UDP that makes of each query what a test wants; an empty answer is none.
class NameServer {
  public:
    using Script = std::function<std::string(const std::string& query)>;

    explicit NameServer(Script script)
        : script_(std::move(script)), socket_(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(::bind(socket_.get(), reinterpret_cast<sockaddr*>(&address), size) == 0);
        ::getsockname(socket_.get(), reinterpret_cast<sockaddr*>(&address), &size);
        name_ = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
        timeval soon{0, 20'000};
        ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &soon, sizeof soon);
        thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
    }

    const std::string& name() const { return name_; }
    int queries() const { return queries_; }

  private:
    void serve(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            std::array<char, 512> bytes;
            sockaddr_in from{};
            socklen_t size = sizeof from;
            auto* peer = reinterpret_cast<sockaddr*>(&from);
            ssize_t got = ::recvfrom(socket_.get(), bytes.data(), bytes.size(), 0, peer, &size);
            if (got <= 0) continue;
            ++queries_;
            std::string answer = script_({bytes.data(), static_cast<std::size_t>(got)});
            if (answer.empty()) continue;
            ::sendto(socket_.get(), answer.data(), answer.size(), 0, peer, size);
        }
    }

    Script script_;
    Descriptor socket_;
    std::string name_;
    std::atomic<int> queries_ = 0;
    std::jthread thread_;
};

// The answer to `query` with this code and these records, each as it stands behind its name.
std::string answer(const std::string& query, int code, const std::vector<std::string>& records) {
    std::string text = query;
    text[2] = static_cast<char>(text[2] | '\x80');
    text[3] = static_cast<char>(code);
    text[7] = static_cast<char>(records.size());
    for (const std::string& record : records) text += "\xc0\x0c" + record;
    return text;
}

std::string number(int value) {
    return {static_cast<char>(value >> 8), static_cast<char>(value)};
}

std::string record(int type, const std::string& data) {
    return number(type) + number(1) + number(0) + number(60) +
           number(static_cast<int>(data.size())) + data;
}

std::string string_of(const std::string& text) {
    return static_cast<char>(text.size()) + text;
}

}  // namespace

TEST_CASE("texts are put together from their strings, and kept apart by record") {
    NameServer server([](const std::string& query) {
        return answer(query, 0,
                      {record(16, string_of("v=DKIM1; p=" + std::string(200, 'A')) +
                                      string_of(std::string(200, 'B'))),
                       record(16, string_of("other"))});
    });
    Resolver dns(server.name(), kShort);
    DnsAnswer found = dns.txt("s1._domainkey.harbour.test");
    REQUIRE(found.kind == Kind::kFound);
    REQUIRE(found.values.size() == 2);
    CHECK(found.values[0] == "v=DKIM1; p=" + std::string(200, 'A') + std::string(200, 'B'));
    CHECK(found.values[1] == "other");
}

TEST_CASE("mail servers, and the null MX") {
    using namespace std::string_literals;
    NameServer server([](const std::string& query) {
        return answer(query, 0, {record(15, number(10) + "\4mail\xc0\x0c"s)});
    });
    CHECK(Resolver(server.name(), kShort).mx("harbour.test").values ==
          std::vector<std::string>{"mail.harbour.test"});
    NameServer null(
        [](const std::string& query) { return answer(query, 0, {record(15, number(0) + "\0"s)}); });
    CHECK(Resolver(null.name(), kShort).mx("harbour.test").values == std::vector<std::string>{""});
}

TEST_CASE("what is not there is told from what could not be asked") {
    std::atomic<int> code = 0;
    NameServer server([&](const std::string& query) { return answer(query, code, {}); });
    Resolver dns(server.name(), kShort);
    CHECK(dns.txt("harbour.test").kind == Kind::kNothing);
    CHECK(dns.mx("harbour.test").kind == Kind::kNothing);
    CHECK(dns.address("harbour.test").kind == Kind::kNothing);
    code = 3;
    CHECK(dns.txt("harbour.test").kind == Kind::kNoName);
    CHECK(dns.address("harbour.test").kind == Kind::kNoName);
    code = 2;
    CHECK(dns.txt("harbour.test").said == "the name server failed (SERVFAIL)");
    code = 5;
    CHECK(dns.txt("harbour.test").said == "the name server refused (REFUSED)");
}

TEST_CASE("a name that no name can be does not exist") {
    NameServer server([](const std::string& query) { return answer(query, 0, {}); });
    CHECK(Resolver(server.name(), kShort).txt("a..b").kind == Kind::kNoName);
    CHECK(Resolver(server.name(), kShort).txt(std::string(70, 'a') + ".test").kind ==
          Kind::kNoName);
}

TEST_CASE("a server that says nothing is asked twice for two names, and then no more") {
    NameServer server([](const std::string&) { return ""; });
    Resolver dns(server.name(), Milliseconds(50));
    for (int i = 0; i < 5; ++i) {
        DnsAnswer none = dns.txt("harbour.test");
        CHECK(none.kind == Kind::kUnknown);
        CHECK(none.said == "no name server answered");
    }
    CHECK(server.queries() <= 4);
}

TEST_CASE("an answer that is nonsense tells nothing") {
    NameServer server([](const std::string& query) {
        return answer(query, 0, {number(16) + number(1) + "cut"});
    });
    CHECK(Resolver(server.name(), kShort).txt("harbour.test").kind == Kind::kUnknown);
}

TEST_CASE("a server's address that is none is the user's mistake") {
    for (const char* server : {"nonsense", "127.0.0.1:x", "127.0.0.1:99999999", ","}) {
        CAPTURE(server);
        CHECK_THROWS_AS(Resolver{server}, UsageError);
    }
}
