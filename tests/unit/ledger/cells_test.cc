#include "ledger/cells.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace tocsin;
using Texts = std::vector<std::string>;

TEST_CASE("texts come back as they were packed") {
    for (const Texts& texts :
         {Texts{}, Texts{""}, Texts{"", "", ""}, Texts{"a", "", std::string("\0b", 2), "Zoë"},
          Texts{std::string(127, 'x'), std::string(128, 'y'), std::string(70'000, 'z')}}) {
        CHECK(unpack_texts(pack_texts(texts)) == texts);
    }
}

TEST_CASE("a short text costs one byte more than itself") {
    CHECK(pack_texts(Texts{"abc", ""}) == std::string("\3abc\0", 5));
}

TEST_CASE("bytes that are no packed texts are a damaged ledger, not a crash") {
    for (const std::string& bytes :
         {std::string("\5abc"), std::string("\x80"), std::string(12, '\xff'),
          std::string("\xff\xff\xff\xff\xff\xff\xff\xff\x7f")}) {
        CHECK_THROWS_AS(unpack_texts(bytes), LedgerError);
    }
}
