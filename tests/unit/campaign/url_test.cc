#include "campaign/url.h"

#include <doctest/doctest.h>

namespace tocsin {

TEST_CASE("proxies: a scheme of ours, a host, a port, and nothing else") {
    for (std::string url : {"socks5h://127.0.0.1:9050", "socks5://proxy.harbour.example:1080",
                            "http://[::1]:3128", "SOCKS5H://proxy:1"}) {
        CAPTURE(url);
        CHECK(fault_of_proxy(url) == "");
    }
    constexpr char kSchemes[] = "must begin with `socks5h://`, `socks5://` or `http://`";
    constexpr char kPort[] = "must end in a port: `socks5h://127.0.0.1:9050`";
    CHECK(fault_of_proxy("") == kSchemes);
    CHECK(fault_of_proxy("127.0.0.1:9050") == kSchemes);
    CHECK(fault_of_proxy("https://127.0.0.1:443") == kSchemes);
    CHECK(fault_of_proxy("socks4://127.0.0.1:1080") == kSchemes);
    CHECK(fault_of_proxy("http://127.0.0.1") == kPort);
    CHECK(fault_of_proxy("http://127.0.0.1:3128/") == kPort);
    CHECK(fault_of_proxy("http://127.0.0.1:0") == "has a port outside 1 to 65535");
    CHECK(fault_of_proxy("http://127.0.0.1:65536") == "has a port outside 1 to 65535");
    CHECK(fault_of_proxy("http://:3128") == "has no proper host behind `://`");
    CHECK(fault_of_proxy("http://a b:3128") == "holds a character that a URL cannot have");
}

TEST_CASE("a user name in front of the host is seen, and an @ behind it is none") {
    CHECK(has_userinfo("socks5://me:secret@127.0.0.1:1080"));
    CHECK(has_userinfo("http://me@[::1]:3128"));
    CHECK_FALSE(has_userinfo("http://127.0.0.1:3128/@"));
    CHECK_FALSE(has_userinfo("me@harbour.example"));
    CHECK(host_of_url("http://[::1]:3128") == "[::1]");
}

TEST_CASE("URLs that a token is added to") {
    for (std::string url : {"https://a.example/", "https://a.example/u/", "HTTPS://a.example:8443/",
                            "http://localhost:8080/u/", "http://[::1]:80/"}) {
        CAPTURE(url);
        CHECK(fault_of_unsubscribe_url(url) == "");
    }
    auto fault = [](const char* url) { return fault_of_unsubscribe_url(url); };
    CHECK(fault("https://a.example") == "must end in `/`: each person's token is added to it");
    CHECK(fault("https://a.example/u") == "must end in `/`: each person's token is added to it");
    CHECK(fault("https://a.example/?/") ==
          "cannot have a `?` or `#`: each person's token is added to its end");
    CHECK(fault("https://a.example/#/") ==
          "cannot have a `?` or `#`: each person's token is added to its end");
    CHECK(fault("http://a.example/") == "must begin with `https://`");
    CHECK(fault("http://127.0.0.1.example/") == "must begin with `https://`");
    CHECK(fault("ftp://localhost/") == "must begin with `https://`");
    CHECK(fault("a.example/") == "must begin with `https://`");
    CHECK(fault("https:///u/") == "has no proper host behind `://`");
    CHECK(fault("https://user@a.example/") == "has no proper host behind `://`");
    CHECK(fault("https://a.example:/") == "has a port that is no number");
    CHECK(fault("https://a.example:8x/") == "has a port that is no number");
    CHECK(fault("https://a.example/ /") == "holds a character that a URL cannot have");
    CHECK(fault("https://a.example/<u>/") == "holds a character that a URL cannot have");
    CHECK(fault("https://a.example/ü/") == "holds a character that a URL cannot have");
}

}  // namespace tocsin
