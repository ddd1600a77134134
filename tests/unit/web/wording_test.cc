#include "web/wording.h"

#include <doctest/doctest.h>

#include "unit/web/testing.h"

using namespace tocsin;

namespace {

const PageTexts kTexts = {
    {"de", testing::bracketed()}, {"pt-br", testing::bracketed()}, {"ar", testing::bracketed()}};

}  // namespace

TEST_CASE("the recipient's language outranks the browser's") {
    CHECK(choose_language(kTexts, "de", "pt-BR") == "de");
    CHECK(choose_language(kTexts, "DE_at", "pt-BR") == "de");
    CHECK(choose_language(kTexts, "fr", "pt-BR") == "pt-br");
    CHECK(choose_language(kTexts, "en-GB", "de") == "en");
}

TEST_CASE("the browser's languages are taken by quality") {
    CHECK(choose_language(kTexts, "", "fr;q=0.9, de;q=0.3, pt-BR;q=0.5") == "pt-br");
    CHECK(choose_language(kTexts, "", "fr, de-AT") == "de");
    CHECK(choose_language(kTexts, "", "de;q=0, en;q=0.1") == "en");
    CHECK(choose_language(kTexts, "", "pt") == "en");
}

TEST_CASE("a header that is nonsense gives English") {
    for (const char* header : {"", "*", ",,,", ";q=", "de;q=nan", "-", "---", "\xff\xfe"}) {
        CAPTURE(header);
        CHECK(choose_language({}, "", header) == "en");
    }
    CHECK(choose_language(kTexts, "", std::string(10'000, ',') + "de") == "en");
}

TEST_CASE("what is inserted is escaped, isolated, and not looked into again") {
    Wording words({}, "en", {"<b>A & B</b>", "{organisation}", ""});
    CHECK(words.html("everything") ==
          "No more mail from <bdi>&lt;b&gt;A &amp; B&lt;/b&gt;</bdi> at all");
    CHECK(words.html("list") == "No more mail of the list <bdi>{organisation}</bdi>");
}

TEST_CASE("texts of the workspace are escaped, too") {
    PageTexts texts = {{"de", {{"title", "<script>alert(1)</script>"}}}};
    CHECK(Wording(texts, "de", {}).html("title") == "&lt;script&gt;alert(1)&lt;/script&gt;");
    CHECK(Wording(texts, "de", {}).html("confirm") == "Confirm");
}

TEST_CASE("Arabic runs from right to left") {
    CHECK(Wording(kTexts, "ar", {}).right_to_left());
    CHECK_FALSE(Wording(kTexts, "de", {}).right_to_left());
}
