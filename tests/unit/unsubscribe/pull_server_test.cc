#include "unsubscribe/pull_server.h"

#include <doctest/doctest.h>

#include "unit/unsubscribe/pull_support.h"
#include "unsubscribe/pull_protocol.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

constexpr std::string_view kNonce = "0123456789abcdef0123456789abcdef";

struct Asking {
    std::string method = "GET", after = "0", nonce{kNonce}, mac{}, key{};
    WallTime time = kNoon;
};

struct Fixture : PullFixture {
    // As `asking` says; where it has no MAC, the right one.
    PullAnswer ask(const Asking& asking) {
        const KeyRing::Keys& signing = keys.signing();
        std::string time = std::to_string(asking.time.time_since_epoch().count());
        std::string mac =
            pull::request_mac(signing, asking.method, asking.after, time, asking.nonce);
        std::map<std::string, std::string> headers = {
            {pull::kKeyHeader, asking.key.empty() ? signing.fingerprint : asking.key},
            {pull::kTimeHeader, time},
            {pull::kNonceHeader, asking.nonce},
            {pull::kMacHeader, asking.mac.empty() ? mac : asking.mac}};
        return pulls.answer(
            {asking.method, asking.after, [&](const char* name) { return headers[name]; }});
    }
};

std::string header(const PullAnswer& answer, const std::string& name) {
    for (const auto& [one, value] : answer.headers) {
        if (one == name) return value;
    }
    return {};
}

}  // namespace

TEST_CASE_FIXTURE(Fixture, "who holds the key gets the lines, signed") {
    leave(*book, 1);
    leave(*book, 2);
    PullAnswer answer = ask({.after = "1"});
    REQUIRE(answer.status == 200);
    JournalPage page = book->page(1, 1 << 20);
    CHECK(page.sum.size() == 16);
    CHECK(answer.body == "tocsin-pull\t1\t" + page.id + "\t2\t" + page.sum + "\n" + page.lines);
    CHECK(header(answer, pull::kMacHeader) ==
          pull::answer_mac(keys.signing(), kNonce, answer.body));
}

TEST_CASE_FIXTURE(Fixture, "who does not hold the key gets nothing") {
    leave(*book, 1);
    KeyRing other = key_ring({"other"});
    std::string time = std::to_string(kNoon.time_since_epoch().count());
    std::string forged = pull::request_mac(other.signing(), "GET", "0", time, kNonce);
    for (const Asking& asking :
         {Asking{.mac = forged}, Asking{.mac = "0"},
          Asking{.mac = forged, .key = other.fingerprint()}, Asking{.nonce = "short"}}) {
        PullAnswer answer = ask(asking);
        CHECK(answer.status == 401);
        CHECK(answer.body.empty());
        CHECK(answer.headers.empty());
    }
    CHECK(ask({.method = "POST"}).status == 405);
}

TEST_CASE_FIXTURE(Fixture, "a request that was recorded on its way is good for nothing again") {
    leave(*book, 1);
    CHECK(ask({}).status == 200);
    CHECK(ask({}).status == 401);
    clock.advance(std::chrono::minutes(5));
    CHECK(ask({}).status == 401);
    clock.advance(std::chrono::minutes(6));
    CHECK(ask({}).status == 403);
}

TEST_CASE_FIXTURE(Fixture, "one for another page cannot be made of it") {
    std::string time = std::to_string(kNoon.time_since_epoch().count());
    std::string mac = pull::request_mac(keys.signing(), "GET", "5", time, kNonce);
    CHECK(ask({.after = "0", .mac = mac}).status == 401);
}

TEST_CASE_FIXTURE(Fixture, "who has a wrong clock is told the time, and only the key's holder is") {
    for (auto skew : {-std::chrono::minutes(6), std::chrono::minutes(6)}) {
        PullAnswer answer = ask({.time = kNoon + skew});
        CHECK(answer.status == 403);
        CHECK(answer.body.empty());
        std::string time = header(answer, pull::kTimeHeader);
        CHECK(time == std::to_string(kNoon.time_since_epoch().count()));
        CHECK(header(answer, pull::kMacHeader) == pull::clock_mac(keys.signing(), kNonce, time));
        CHECK(ask({.mac = "0", .time = kNoon + skew}).status == 401);
    }
}

TEST_CASE_FIXTURE(Fixture, "a number that is none is refused") {
    int n = 0;
    for (const char* after : {"", "-1", "1x", " 1", "99999999999999999999"}) {
        std::string nonce(kNonce);
        nonce.back() = static_cast<char>('a' + n++);
        CHECK(ask({.after = after, .nonce = nonce}).status == 401);
    }
}
