#include "delivery/facts.h"

#include <doctest/doctest.h>

#include "base/error.h"

using namespace tocsin;

TEST_CASE("facts come back as they were, and equal ones are equal bytes") {
    Facts facts{{"a", "1"}, {"b", ""}, {"ü", "“quoted”\n"}};
    CHECK(parse_facts(serialise(facts)) == facts);
    CHECK(parse_facts("").empty());
    CHECK_THROWS_AS(parse_facts("{nonsense"), LedgerError);
    CHECK_THROWS_AS(parse_facts("{\"a\": 1}"), LedgerError);
}

TEST_CASE("a value that is no UTF-8 is kept, and a change of it noticed") {
    Facts then = parse_facts(serialise({{"a", "\xff"}}));
    CHECK(changes(then, parse_facts(serialise({{"a", "\xfe"}}))) ==
          std::vector<std::string>{"a has changed"});
    CHECK(changes(then, parse_facts(serialise({{"a", "\xff"}}))).empty());
}

TEST_CASE("what is short is shown, what is long or has line ends is not") {
    CHECK(changes({{"host", "a.example"}}, {{"host", "b.example"}}) ==
          std::vector<std::string>{"host was “a.example”, and is “b.example”"});
    CHECK(changes({{"host", ""}}, {{"host", "b"}}) ==
          std::vector<std::string>{"host was empty, and is “b”"});
    CHECK(changes({{"t", std::string(81, 'x')}}, {{"t", "y"}}) ==
          std::vector<std::string>{"t has changed"});
    CHECK(changes({{"t", "a\nb"}}, {{"t", "y"}}) == std::vector<std::string>{"t has changed"});
    CHECK(changes({{"t", digest_fact("a")}}, {{"t", digest_fact("b")}}) ==
          std::vector<std::string>{"t has changed"});
}

TEST_CASE("what came and what went is told by name") {
    CHECK(changes({{"a", "1"}, {"b", digest_fact("2")}}, {{"c", "3"}, {"d", digest_fact("4")}}) ==
          std::vector<std::string>{"a is gone", "b is gone", "c is new: “3”", "d is new"});
    CHECK(changes({{"a", "1"}}, {{"a", "1"}}).empty());
}
