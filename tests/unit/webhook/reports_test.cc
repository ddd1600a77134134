#include "webhook/reports.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("what a provider quotes becomes one printable line that is not too long") {
    CHECK(one_line(" 550 no\r\nsuch\x1b[31m user ") == "550 no  such?[31m user");
    std::string umlauts;
    for (int i = 0; i < 600; ++i) umlauts += "ü";
    CHECK(one_line(umlauts).size() == 1'000);
    CHECK(one_line("x" + umlauts).size() == 999);
}

TEST_CASE("the receiver's clear words outrank the provider's class, vague ones do not") {
    CHECK(bounced(BounceClass::kHard, "5.2.2", "").bounce == BounceClass::kSoft);
    CHECK(bounced(BounceClass::kSoft, "", "550 5.1.1 no").bounce == BounceClass::kHard);
    CHECK(bounced(BounceClass::kSoft, "5.0.0", "550 rejected").bounce == BounceClass::kSoft);
    CHECK(bounced(BounceClass::kHard, "nonsense", "").status == "");
    CHECK(not_sent("550 5.1.1 no such user").bounce == BounceClass::kPolicy);
    CHECK(known_to_bounce("suppressed").bounce == BounceClass::kHard);
}

TEST_CASE("metadata as an object, or as the text of one") {
    CHECK(reference_in(Json{{"tocsin", "r"}}) == "r");
    CHECK(reference_in(Json(R"({"tocsin":"r"})")) == "r");
    CHECK(reference_in(Json("r")) == "");
    CHECK(reference_in(Json()) == "");
    CHECK(reference_in(Json::array({1})) == "");
}

TEST_CASE("a word among others") {
    CHECK(is_one_of("b", "a b c"));
    CHECK_FALSE(is_one_of("", "a b c"));
    CHECK_FALSE(is_one_of("a b", "a b c"));
    CHECK_FALSE(is_one_of("d", "a b c"));
}
