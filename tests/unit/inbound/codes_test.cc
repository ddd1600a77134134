#include "inbound/recognise/codes.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

std::string found(std::string_view text) {
    const Codes codes = find_codes(text);
    return std::to_string(codes.basic) + " " + codes.enhanced;
}

}  // namespace

TEST_CASE("codes are found where mail systems put them") {
    CHECK(found("550 5.1.1 no such user") == "550 5.1.1");
    CHECK(found("550-5.1.1 no such user") == "550 5.1.1");
    CHECK(found("said: 452-4.2.2 full") == "452 4.2.2");
    CHECK(found("nobody (#5.1.1)") == "0 5.1.1");
    CHECK(found("#550 5.1.10 RESOLVER") == "550 5.1.10");
    CHECK(found("status=5.7.26.") == "0 5.7.26");
    CHECK(found("[550] gone") == "550 ");
    CHECK(found("2.0.0 ok") == "0 2.0.0");
}

TEST_CASE("the first code counts, and a vague one gives way") {
    CHECK(found("554 5.0.0 failed; 550 5.1.1 nobody") == "554 5.1.1");
    CHECK(found("5.1.1 then 5.2.2") == "0 5.1.1");
}

TEST_CASE("numbers that are no codes are none") {
    CHECK(found("192.0.5.1 and 5.1.1.2") == "0 ");
    CHECK(found("call 555-1234 or (550) 1234") == "0 ");
    CHECK(found("5501 x550 550x 450.50 550%") == "0 ");
    CHECK(found("version 3.5.1.1, 10:450") == "0 ");
    CHECK(found("$500") == "0 ");
    CHECK(found("480 and 599 are beyond") == "0 ");
    CHECK(found("5..1 5.1. 5.1234.1 5.1.1234 5.1.1x") == "0 ");
    CHECK(found("") == "0 ");
}
