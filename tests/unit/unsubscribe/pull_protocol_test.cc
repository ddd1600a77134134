#include "unsubscribe/pull_protocol.h"

#include <doctest/doctest.h>

#include "unit/unsubscribe/support.h"

using namespace tocsin;
using namespace tocsin::test;

TEST_CASE("a MAC of one use, nonce or key is none of another") {
    KeyRing keys = key_ring(), other = key_ring({"other"});
    std::string mac = pull::answer_mac(keys.signing(), "n", "b");
    CHECK(mac != pull::clock_mac(keys.signing(), "n", "b"));
    CHECK(mac != pull::answer_mac(keys.signing(), "m", "b"));
    CHECK(mac != pull::answer_mac(other.signing(), "n", "b"));
    CHECK(pull::request_mac(keys.signing(), "GET", "1", "2", "3") !=
          pull::request_mac(keys.signing(), "GET", "12", "", "3"));
}

TEST_CASE("a first line is read as it was written, and nothing else is one") {
    std::string line = pull::write_head({"0123456789abcdef", 17, "fedcba9876543210"});
    REQUIRE(line.back() == '\n');
    line.pop_back();
    auto head = pull::parse_head(line);
    REQUIRE(head);
    CHECK(head->id == "0123456789abcdef");
    CHECK(head->last == 17);
    CHECK(head->sum == "fedcba9876543210");
    CHECK(pull::parse_head("tocsin-pull\t1\tab\t0\t")->sum.empty());
    for (const char* text :
         {"", "<html>", "tocsin-pull\t2\tab\t1\tc", "tocsin-pull\t1\tab", "tocsin-pull\t1\tab\t1",
          "tocsin-pull\t1\t\t1\tc", "tocsin-pull\t1\tab\t1x\tc"}) {
        CHECK_FALSE(pull::parse_head(text));
    }
}
