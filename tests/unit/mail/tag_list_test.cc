#include "mail/tag_list.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("a tag list is read with blanks anywhere between its parts") {
    auto tags = parse_tag_list(" V = DKIM1 ;\tp=AB CD=; ; t= ;");
    REQUIRE(tags);
    CHECK(*tags == std::map<std::string, std::string>{{"p", "AB CD="}, {"t", ""}, {"v", "DKIM1"}});
    CHECK(parse_tag_list("")->empty());
}

TEST_CASE("what is no tag list") {
    for (const char* text : {"hello", "v=1; hello", "=1", "a=1; A=2"}) {
        CAPTURE(text);
        CHECK(!parse_tag_list(text));
    }
}
