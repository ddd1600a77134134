#include "lint/reply_prefix.h"

#include <doctest/doctest.h>
#include <string>

using namespace tocsin;

TEST_CASE("reply prefixes of several languages") {
    for (const char* prefix :
         {"Re:", "RE:", "re :", "Re[2]:", "Fwd:", "FW:", "AW:", "WG:", "TR:", "Tr\u00A0:", "SV:",
          "R\u00E9f:", "Antw:", "RV:", "\u56DE\u590D\uFF1A", "\u8F6C\u53D1:"}) {
        CAPTURE(std::string(prefix));
        CHECK(reply_prefix(std::string(prefix) + " the night buses") == prefix);
    }
    CHECK(reply_prefix("  Re: the night buses") == "Re:");
}

TEST_CASE("subjects that only look like replies") {
    for (const char* subject : {"", "Re", "Re the night buses", "Regarding: buses", "Reem: buses",
                                "Buses, re: your letter", "Re[x]: y", "Re[2", "Free: buses"}) {
        CAPTURE(std::string(subject));
        CHECK(reply_prefix(subject).empty());
    }
}
