#include "mail/message_id.h"

#include <doctest/doctest.h>
#include <vector>

using namespace tocsin;

namespace {

std::string id_of(const std::string& secret, std::string_view mailing, std::string_view address) {
    std::vector<std::string> secrets = {secret};
    return make_message_id(KeyRing(secrets), mailing, address, "harbour.example");
}

}  // namespace

TEST_CASE("a Message-ID is 26 base32 characters at the domain") {
    std::string id = id_of("secret", "tech-contracts", "jo@a.example");
    CHECK(id.find('@') == 26);
    CHECK(id.substr(26) == "@harbour.example");
    CHECK(id.substr(0, 26).find_first_not_of("abcdefghijklmnopqrstuvwxyz234567") == id.npos);
}

TEST_CASE("a retry has the same Message-ID, and nothing else has") {
    std::string id = id_of("secret", "tech-contracts", "jo@a.example");
    CHECK(id_of("secret", "tech-contracts", "jo@a.example") == id);
    CHECK(id_of("secret", "tech-contracts", "jo@b.example") != id);
    CHECK(id_of("secret", "tech-contracts/2", "jo@a.example") != id);
    CHECK(id_of("secret2", "tech-contracts", "jo@a.example") != id);
    CHECK(id_of("secret", "tech-contractsj", "o@a.example") != id);
}

TEST_CASE("after the secret was exchanged, a mail may have either Message-ID") {
    std::vector<std::string> secrets = {"new", "old"};
    CHECK(possible_message_ids(KeyRing(secrets), "spring", "jo@a.example", "harbour.example") ==
          std::vector<std::string>{id_of("new", "spring", "jo@a.example"),
                                   id_of("old", "spring", "jo@a.example")});
}

TEST_CASE("a proof's Message-ID is nobody's, and known for one") {
    std::string id = make_proof_message_id("harbour.example");
    CHECK(id.ends_with("@harbour.example"));
    CHECK(is_proof_message_id(id));
    CHECK(id != make_proof_message_id("harbour.example"));
    for (const std::string& other :
         {id_of("secret", "tech-contracts", "jo@a.example"), std::string("test.1@harbour.example"),
          std::string("test."), id.substr(1), "x" + id, id.substr(0, 37)}) {
        CAPTURE(other);
        CHECK(!is_proof_message_id(other));
    }
}
