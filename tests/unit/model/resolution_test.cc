#include "model/resolution.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("resolutions have the names of the command line") {
    CHECK(name(Resolution::kHold) == "hold");
    CHECK(name(Resolution::kResend) == "resend");
    CHECK(name(Resolution::kAccept) == "accept");
    CHECK(name(Resolution::kReject) == "reject");
}
