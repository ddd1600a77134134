#include "base/siphash.h"

#include <doctest/doctest.h>
#include <string>

using namespace tocsin;

TEST_CASE("siphash: the published vector of the algorithm's paper") {
    std::string message;
    for (char c = 0; c < 15; ++c) message += c;
    CHECK(siphash({0x0706050403020100, 0x0f0e0d0c0b0a0908}, message) == 0xa129ca6149be45e5);
}

TEST_CASE("siphash: two keys give two hashes, so that nobody can prepare collisions") {
    SipKey a = SipKey::random();
    SipKey b = SipKey::random();
    CHECK(siphash(a, "ann@a.example") == siphash(a, "ann@a.example"));
    CHECK(siphash(a, "ann@a.example") != siphash(b, "ann@a.example"));
    CHECK(siphash(a, "") != siphash(a, std::string(1, '\0')));
}
