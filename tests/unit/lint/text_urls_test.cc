#include "lint/text_urls.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

// "0 https://a.example | 30 …"
std::string found(std::string_view text) {
    std::string all;
    for (const TextUrl& url : text_urls(text)) {
        if (!all.empty()) all += " | ";
        all += std::to_string(url.offset) + " " + url.url;
    }
    return all;
}

}  // namespace

TEST_CASE("text URLs: where they begin and end") {
    CHECK(found("https://a.example/x").find("0 https://a.example/x") == 0);
    CHECK(found("go: https://a.example/x?y=1&z=2#f\nor HTTP://b.example\r\n") ==
          "4 https://a.example/x?y=1&z=2#f | 37 HTTP://b.example");
    CHECK(found("<https://a.example/>, \"https://b.example\"") ==
          "1 https://a.example/ | 23 https://b.example");
    CHECK(found("mailto:hello@a.example") == "0 mailto:hello@a.example");
    CHECK(found("https://a.example/stra\u00DFe\u00A0x") == "0 https://a.example/stra\u00DFe");
    CHECK(found("\u201Chttps://a.example/x\u201D") == "3 https://a.example/x");
}

TEST_CASE("text URLs: punctuation is the sentence's") {
    CHECK(found("See https://a.example/x.") == "4 https://a.example/x");
    CHECK(found("(https://a.example/x)") == "1 https://a.example/x");
    CHECK(found("(see https://a.example/bus_(night)).") == "5 https://a.example/bus_(night)");
    CHECK(found("https://a.example/x?!") == "0 https://a.example/x");
    CHECK(found("[https://a.example/x]") == "1 https://a.example/x");
}

TEST_CASE("text URLs: what is none") {
    CHECK(found("").empty());
    CHECK(found("https:// and http://.").empty());
    CHECK(found("xhttps://a.example www.a.example hello@a.example").empty());
}
