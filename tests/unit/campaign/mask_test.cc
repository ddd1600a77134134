#include "campaign/mask.h"

#include <doctest/doctest.h>

namespace tocsin {
namespace {

std::string masked(const std::string& text) {
    return mask_secrets(SourceText("f", text)).text();
}

}  // namespace

TEST_CASE("literals behind keys of secrets are masked to the end of the line") {
    CHECK(masked("password: hunter2 # x\nport: 25\n") == "password: ***********\nport: 25\n");
    CHECK(masked("secret: 'x'\r\n") == "secret: ***\r\n");
    CHECK(masked("\"password\" : x\n") == "\"password\" : *\n");
    CHECK(masked("{api_key: abc, port: 25}\n") == "{api_key: **************\n");
    CHECK(masked("secret:x y") == "secret:***");
    CHECK(masked("password: |\n  a\n").find("|") == std::string::npos);
}

TEST_CASE("sources of secrets are not masked") {
    for (std::string text :
         {"password: {env: A}\n", "secret: # comment\n  file: x\n",
          "previous_secrets: [{file: a}, {env: B}]\n", "previous_secrets:\n- file: a\n- {env: B}\n",
          "password:\n", "secret"}) {
        CAPTURE(text);
        CHECK(masked(text) == text);
    }
}

TEST_CASE("literals in lists of secrets are masked") {
    CHECK(masked("previous_secrets: [abc, {file: a}]\n") == "previous_secrets: [***, {file: a}]\n");
    CHECK(masked("previous_secrets:\n  - abc\n  - file: a\n  - d e\nport: 1\n") ==
          "previous_secrets:\n  -****\n  - file: a\n  -****\nport: 1\n");
}

TEST_CASE("a literal DKIM key is masked, and so is a password in a URL") {
    CHECK(masked("dkim: [{domain: a.example, key: MIIE}]\n") ==
          "dkim: [{domain: a.example, key: ******\n");
    CHECK(masked("proxy: socks5h://me:se@cret@127.0.0.1:1080 # x@y\n") ==
          "proxy: socks5h://**********@127.0.0.1:1080 # x@y\n");
    CHECK(masked("{url: https://u.example/, mailto: a@b.example}") ==
          "{url: https://u.example/, mailto: a@b.example}");
}

TEST_CASE("offsets stay, and long files of keys take linear time") {
    std::string text;
    while (text.size() < 4'000'000) text += "- secret:\n- secret: [{secret: [{";
    CHECK(masked(text).size() == text.size());
}

}  // namespace tocsin
