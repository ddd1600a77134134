#include "base/place_index.h"

#include <doctest/doctest.h>
#include <string>

#include "base/siphash.h"

using namespace tocsin;

namespace {

const PlaceIndex::Same kAlways = [](std::uint64_t) { return true; };

std::uint64_t hash_of(std::size_t i) {
    return siphash({1, 2}, std::to_string(i));
}

}  // namespace

TEST_CASE("place index: an empty one finds nothing") {
    PlaceIndex index;
    CHECK_FALSE(index.find(0, kAlways));
    CHECK(index.size() == 0);
    CHECK(index.bytes() == 0);
}

TEST_CASE("place index: every place is found again after all growth") {
    PlaceIndex index;
    constexpr std::size_t kCount = 50000;
    for (std::size_t i = 0; i < kCount; ++i)
        REQUIRE_FALSE(index.find_or_add(hash_of(i), i, kAlways));
    std::size_t lost = 0;
    for (std::size_t i = 0; i < kCount; ++i) {
        auto same = [&](std::uint64_t place) { return place == i; };
        if (index.find(hash_of(i), same) != i) ++lost;
    }
    CHECK(lost == 0);
    CHECK(index.size() == kCount);
    CHECK_FALSE(index.find(hash_of(kCount), kAlways));
}

TEST_CASE("place index: one hash for two things keeps both") {
    PlaceIndex index;
    auto is = [](std::uint64_t wanted) {
        return [wanted](std::uint64_t place) { return place == wanted; };
    };
    CHECK_FALSE(index.find_or_add(42, 7, is(7)));
    CHECK_FALSE(index.find_or_add(42, 8, is(8)));
    CHECK(index.find(42, is(7)) == 7);
    CHECK(index.find(42, is(8)) == 8);
    CHECK_FALSE(index.find(42, is(9)));
    CHECK(index.find_or_add(42, 99, is(8)) == 8);
    CHECK(index.size() == 2);
}

TEST_CASE("place index: the first and the largest place, the smallest and the largest hash") {
    PlaceIndex index;
    constexpr std::uint64_t kLargest = PlaceIndex::kEnd - 1;
    CHECK_FALSE(index.find_or_add(0, 0, kAlways));
    CHECK_FALSE(index.find_or_add(~std::uint64_t{0}, kLargest, kAlways));
    CHECK(index.find(0, kAlways) == 0);
    CHECK(index.find(~std::uint64_t{0}, kAlways) == kLargest);
}

TEST_CASE("place index: hashes that all fall together still end") {
    PlaceIndex index;
    for (std::uint64_t i = 0; i < 2000; ++i) {
        auto same = [&](std::uint64_t place) { return place == i; };
        REQUIRE_FALSE(index.find_or_add(0xFFFFFFFF, i, same));
    }
    CHECK(index.find(0xFFFFFFFF, [](std::uint64_t place) { return place == 1999; }) == 1999);
}

TEST_CASE("place index: at most 14 bytes an entry at every size, above a fixed part") {
    constexpr std::size_t kFixed = 256 * 16 * 16;
    PlaceIndex index;
    std::size_t worst = 0;
    for (std::size_t i = 0; i < 200000; ++i) {
        index.find_or_add(hash_of(i), i, [](std::uint64_t) { return false; });
        if (index.bytes() > kFixed) worst = std::max(worst, (index.bytes() - kFixed) / (i + 1));
    }
    CHECK(worst > 0);
    CHECK(worst <= 14);
}
