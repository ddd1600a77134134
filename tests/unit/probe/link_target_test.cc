#include "probe/link_target.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

std::string shown(const std::vector<LinkTarget>& targets) {
    std::string text;
    for (const LinkTarget& target : targets) {
        text += target.url + (target.skipped.empty() ? "" : " (" + target.skipped + ")") + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("each page is asked for once, whatever its fragment") {
    CHECK(shown(link_targets({{"https://a.test/x#one"},
                              {"HTTP://a.test/x"},
                              {"https://a.test/x#two"},
                              {"https://a.test/y?q=1"}},
                             "", 10)) ==
          "https://a.test/x\nHTTP://a.test/x\nhttps://a.test/y?q=1\n");
}

TEST_CASE("what is no page of the web is left out") {
    CHECK(link_targets({{"mailto:hello@harbour.example"},
                        {"tel:+441234"},
                        {"#top"},
                        {"/relative"},
                        {"javascript:alert(1)"},
                        {"http:"},
                        {""}},
                       "", 10)
              .empty());
}

TEST_CASE("no request goes below the unsubscribe URL") {
    CHECK(shown(link_targets({{"https://u.harbour.test/u/preview"},
                              {"https://u.harbour.test/u/aaaabbbb#x"},
                              {"https://u.harbour.test/about"}},
                             "https://u.harbour.test/u/", 10)) ==
          "https://u.harbour.test (is an unsubscribe link)\nhttps://u.harbour.test/about\n");
}

TEST_CASE("of a personal link only the server is shown") {
    CHECK(shown(link_targets({{"https://act.test/sign?email=ann@one.example", true},
                              {"https://act.test/sign?email=bob@two.example", true},
                              {"https://act.test/sign"}},
                             "", 10)) ==
          "https://act.test (has a recipient's data in it)\nhttps://act.test/sign\n");
}

TEST_CASE("names that RFC 6761 keeps for examples are not asked") {
    CHECK(
        shown(link_targets({{"https://harbour.EXAMPLE/x"}, {"https://a.invalid:8443"}}, "", 10)) ==
        "https://harbour.EXAMPLE/x (is an example, which no server can have)\n"
        "https://a.invalid:8443 (is an example, which no server can have)\n");
}

TEST_CASE("after so many, nobody else is asked, and that is said") {
    CHECK(shown(link_targets({{"https://a.test/1"}, {"https://a.test/2"}, {"https://a.test/3"}}, "",
                             2)) ==
          "https://a.test/1\nhttps://a.test/2\nhttps://a.test/3 (is one of too many)\n");
}

TEST_CASE("the host of a link") {
    CHECK(host_of_link("https://WWW.Harbour.test:8443/x") == "www.harbour.test");
    CHECK(host_of_link("https://me:pass@harbour.test/@x") == "harbour.test");
    CHECK(host_of_link("http://[::1]:80/") == "[::1]");
    CHECK(host_of_link("https://harbour.test?x") == "harbour.test");
    CHECK(host_of_link("mailto:me@harbour.test").empty());
}

TEST_CASE("hosts of this machine and its network, in every spelling") {
    for (const char* host :
         {"localhost", "x.localhost", "printer.local", "127.0.0.1", "127.1", "2130706433",
          "0x7f000001", "10.1.2.3", "172.31.0.1", "192.168.0.1", "169.254.169.254", "0.0.0.0",
          "[::1]", "[fd00::1]", "[fe80::1]", "[::ffff:127.0.0.1]"}) {
        CAPTURE(host);
        CHECK(is_inside(host));
    }
    for (const char* host : {"harbour.test", "172.32.0.1", "192.0.2.1", "11.0.0.1", "[2001:db8::1]",
                             "localhost.test", "10.test"}) {
        CAPTURE(host);
        CHECK_FALSE(is_inside(host));
    }
}
