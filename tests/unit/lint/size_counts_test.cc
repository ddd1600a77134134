#include "lint/size_counts.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("size counts: nothing of nothing, and one of one") {
    SizeCounts counts;
    CHECK(counts.median() == 0);
    CHECK(counts.smallest() == 0);
    CHECK(counts.largest() == 0);
    counts.add(20'001);
    CHECK(counts.smallest() == 20'001);
    CHECK(counts.median() == 20'001);
    CHECK(counts.largest() == 20'001);
}

TEST_CASE("size counts: the median is less than 1 % off, whatever the size") {
    for (std::uint32_t size : {0u, 1u, 63u, 64u, 65u, 127u, 128u, 1'000u, 17'269u, 104'448u,
                               50'000'000u, 4'294'967'295u}) {
        CAPTURE(size);
        SizeCounts counts;
        counts.add(0);
        for (int i = 0; i < 3; ++i) counts.add(size);
        counts.add(4'294'967'295u);
        const double off = static_cast<double>(counts.median()) - size;
        CHECK((off < 0 ? -off : off) <= 0.01 * size);
    }
}

TEST_CASE("size counts: of an even number, the lower middle") {
    SizeCounts counts;
    for (std::uint32_t size : {10u, 20u, 30u, 40u}) counts.add(size);
    CHECK(counts.median() == 20);
    CHECK(counts.count() == 4);
}
