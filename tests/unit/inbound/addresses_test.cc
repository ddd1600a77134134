#include "inbound/recognise/addresses.h"

#include <doctest/doctest.h>

using namespace tocsin;
using Texts = std::vector<std::string>;

TEST_CASE("addresses are found without what stands around them") {
    CHECK(addresses_in("To: \"Ada\" <ada@x.example>, bob@y.example.", 9) ==
          Texts{"ada@x.example", "bob@y.example"});
    CHECK(addresses_in("RCPT TO:<a+b.c@x.example>", 9) == Texts{"a+b.c@x.example"});
    CHECK(addresses_in("(jörg@x.example)", 9) == Texts{"jörg@x.example"});
    CHECK(addresses_in("'ada@x.example'", 9) == Texts{"ada@x.example"});
}

TEST_CASE("a lone @ is no address") {
    CHECK(addresses_in("@ a@ @b @@ a@.", 9).empty());
    CHECK(addresses_in("", 9).empty());
}

TEST_CASE("no more are taken than asked for") {
    CHECK(addresses_in("a@x.example b@x.example c@x.example", 2).size() == 2);
}

TEST_CASE("Message-IDs stand in angle brackets") {
    CHECK(message_ids_in("<a@x> junk <b@y>", 9) == Texts{"a@x", "b@y"});
    CHECK(message_ids_in("<a@x> <b@y>", 1) == Texts{"a@x"});
    CHECK(message_ids_in("<> <two words> <open", 9).empty());
}
