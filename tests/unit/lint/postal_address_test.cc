#include "lint/postal_address.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("a postal address, however it is laid out") {
    const char* address = "14 Tollgate Lane, Eastmere EM1 4QT";
    CHECK(shows_address("Commonway\n14 Tollgate Lane\nEastmere EM1 4QT\n", address));
    CHECK(
        shows_address("Commonway \u00B7 14 TOLLGATE LANE \u00B7 Eastmere\u00A0EM1 4QT.", address));
    CHECK(shows_address("M\u00FChlstra\u00DFe 3, 04109 Leipzig",
                        "M\u00FChlstra\u00DFe 3\n04109 Leipzig\n"));
    CHECK_FALSE(shows_address("14 Tollgate Lane, Westmere EM1 4QT", address));
    CHECK_FALSE(shows_address("114 Tollgate Lane, Eastmere EM1 4QT", address));
    CHECK_FALSE(shows_address("14 Tollgate Lane, Eastmere EM1 4QTX", address));
    CHECK_FALSE(shows_address("", address));
}
