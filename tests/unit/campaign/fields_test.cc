#include "campaign/fields.h"

#include <doctest/doctest.h>

namespace tocsin {

TEST_CASE("hosts") {
    for (std::string host : {"a", "smtp.harbour.example", "xn--bcher-kva.example", "10.0.0.1",
                             "[::1]", "[2001:db8::1]", "1and1.example", "LOCALHOST"}) {
        CAPTURE(host);
        CHECK(fault_of_host(host) == "");
    }
    for (std::string host : {"", ".", "a.", "a..b", "-a", "a-", "a_b", "a b", "a:25", "a/b", "::1",
                             "[::1", "[x]", "300.1.1.1", "1.2.3", "bücher.example", "a@b"}) {
        CAPTURE(host);
        CHECK(fault_of_host(host) == "must be a host name, without `://`, port or path");
    }
    CHECK(fault_of_host(std::string(63, 'a')) == "");
    CHECK(fault_of_host(std::string(64, 'a')) != "");
}

TEST_CASE("loopback is judged by the address, not by how it begins") {
    for (std::string host : {"localhost", "LocalHost", "127.0.0.1", "127.255.0.9", "[::1]"}) {
        CAPTURE(host);
        CHECK(is_loopback(host));
    }
    for (std::string host :
         {"127.0.0.1.example", "127.example", "128.0.0.1", "[::2]", "localhost.example", ""}) {
        CAPTURE(host);
        CHECK_FALSE(is_loopback(host));
    }
}

TEST_CASE("source addresses stand without brackets") {
    for (std::string address : {"192.0.2.7", "2001:db8::7", "::1"}) {
        CAPTURE(address);
        CHECK(fault_of_source_address(address) == "");
    }
    for (std::string address : {"", "eth0", "[::1]", "192.0.2", "192.0.2.7:25", "fe80::1%eth0"}) {
        CAPTURE(address);
        CHECK(fault_of_source_address(address) == "must be an IP address of this machine");
    }
}

TEST_CASE("DKIM selectors: DNS labels, numbers too") {
    for (std::string selector : {"s1", "20230601", "2026.mail", "a-b"}) {
        CAPTURE(selector);
        CHECK(fault_of_selector(selector) == "");
    }
    for (std::string selector : {"", ".", "a.", "s_1", "a b", "-a", "s1;", "ä"}) {
        CAPTURE(selector);
        CHECK(fault_of_selector(selector) != "");
    }
}

TEST_CASE("colours") {
    CHECK(fault_of_colour("#0b5D7a") == "");
    for (std::string colour : {"", "#fff", "0b5d7a", "#0b5d7g", "#0b5d7a0", "red"}) {
        CAPTURE(colour);
        CHECK(fault_of_colour(colour) == "must be `#` and six hexadecimal digits");
    }
}

TEST_CASE("names of merge fields, variables, and our own") {
    for (std::string name : {"a", "_a", "first_name", "a-b", "A1"}) {
        CAPTURE(name);
        CHECK(fault_of_field_name(name) == "");
    }
    for (std::string name : {"", "1a", "-a", "a.b", "a b", "{a}", "ä"}) {
        CAPTURE(name);
        CHECK(fault_of_field_name(name) != "");
    }
    CHECK(fault_of_environment_name("SMTP_PASSWORD") == "");
    CHECK(fault_of_environment_name("A=B") != "");
    CHECK(fault_of_environment_name("1A") != "");
    CHECK(fault_of_name("Relay-2.x") == "");
    CHECK(fault_of_name("") != "");
    CHECK(fault_of_name("a b") != "");
    CHECK(fault_of_name("-a") != "");
}

}  // namespace tocsin
