#include "unsubscribe/leaver.h"

#include <doctest/doctest.h>

#include "unit/unsubscribe/ledger_support.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

struct Fixture {
    TemporaryFolder folder;
    KeyRing keys = key_ring();
    std::unique_ptr<Ledger> ledger = open_test_ledger(folder.path() / "l.db", keys);
    std::string token = plan_tokens(*ledger, keys, {"ann@one.example"}).at(0);
    UnsubscribeToken decoded = *decode_token(keys, token);
};

}  // namespace

TEST_CASE_FIXTURE(Fixture, "a token leads to its row, list, campaign and language") {
    Leaver leaver = leaver_of(*ledger, keys, decoded);
    CHECK(leaver.name == "ann@one.example");
    CHECK(leaver.list == "news");
    CHECK(leaver.campaign == "alert");
    CHECK(leaver.language == "de");
    CHECK(leaver.row == static_cast<RowId>(decoded.recipient));
}

TEST_CASE_FIXTURE(Fixture, "a row that is gone leaves the hash, and no list of that number") {
    decoded.recipient += 1000;
    Leaver leaver = leaver_of(*ledger, keys, decoded);
    CHECK(leaver.name == name_of_hash(decoded.key, decoded.address_hash));
    CHECK(leaver.list.empty());
    CHECK(leaver.campaign.empty());
    CHECK(leaver.row == 0);
}

TEST_CASE_FIXTURE(Fixture, "a token of another ledger never falls on whoever has its row here") {
    auto other = decode_token(keys, encode_token(keys, decoded.campaign, decoded.list,
                                                 decoded.recipient, "bob@one.example"));
    Leaver leaver = leaver_of(*ledger, keys, *other);
    CHECK(leaver.name == name_of_hash(other->key, other->address_hash));
    CHECK(leaver.list.empty());
    CHECK(leaver.campaign.empty());
    CHECK(leaver.row == 0);
}
