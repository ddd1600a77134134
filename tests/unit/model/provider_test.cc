#include "model/provider.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("a provider is found by its word, and by no other") {
    for (int i = 0; i < 8; ++i) {
        auto kind = static_cast<ProviderKind>(i);
        CHECK(provider_kind(name(kind)) == kind);
        CHECK_FALSE(title(kind).empty());
        CHECK(default_batch(kind) <= most_in_batch(kind));
        CHECK(default_batch(kind) <= 100);
    }
    CHECK_FALSE(provider_kind("SES"));
    CHECK_FALSE(provider_kind(""));
}
