#include "unsubscribe/apply_leaving.h"

#include <doctest/doctest.h>

#include "unit/unsubscribe/ledger_support.h"
#include "unsubscribe/proof.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const std::string kAnn = "ann@one.example";
using Texts = std::vector<std::string>;

struct Fixture {
    TemporaryFolder folder;
    KeyRing keys = key_ring();
    std::unique_ptr<Ledger> ledger = open_test_ledger(folder.path() / "l.db", keys);
    std::string token = plan_tokens(*ledger, keys, {kAnn}).at(0);
    UnsubscribeToken decoded = *decode_token(keys, token);

    void choose(Choice choice, Milliseconds after = Milliseconds(0)) {
        Leaving leaving = leaving_of(keys, token, choice, kNoon + after);
        apply_leavings(*ledger, keys, std::span(&leaving, 1));
    }
    Standing standing(WallTime now = kNoon) { return standing_of(*ledger, keys, decoded, now); }
};

constexpr Milliseconds kHour = std::chrono::hours(1);

}  // namespace

TEST_CASE_FIXTURE(Fixture, "who leaves a list leaves that list, and the campaign counts it") {
    choose(Choice::kList);
    CHECK(entries_of(*ledger) == Texts{"news unsubscribe one-click"});
    CHECK(ledger->is_suppressed(kAnn, "news", kNoon));
    CHECK_FALSE(ledger->is_suppressed(kAnn, "other", kNoon));
    CHECK(ledger->feedback_counts({"alert", ""}).unsubscribed == 1);
    auto feedback = feedback_in(*ledger);
    REQUIRE(feedback.size() == 1);
    CHECK(feedback[0].kind == FeedbackKind::kUnsubscribe);
    CHECK(feedback[0].row == static_cast<RowId>(decoded.recipient));
    CHECK(feedback[0].source == "one-click");
    Standing now = standing();
    CHECK(now.list == "news");
    CHECK(now.language == "de");
    CHECK(now.left_list);
    CHECK_FALSE(now.left_everything);
}

TEST_CASE_FIXTURE(Fixture, "a token without a list leaves everything") {
    token = plan_tokens(*ledger, keys, {kAnn}, "other", "").at(0);
    choose(Choice::kList);
    CHECK(entries_of(*ledger, kAnn) == Texts{"all unsubscribe one-click"});
}

TEST_CASE_FIXTURE(Fixture, "a pause holds for every list until it is over, and is no unsubscribe") {
    choose(Choice::kPause30);
    CHECK(ledger->is_suppressed(kAnn, "other", kNoon + 29 * 24 * kHour));
    CHECK_FALSE(ledger->is_suppressed(kAnn, "other", kNoon + 30 * 24 * kHour));
    CHECK(standing().paused_until == kNoon + 30 * 24 * kHour);
    CHECK_FALSE(standing(kNoon + 30 * 24 * kHour).paused_until);
    CHECK(ledger->feedback_counts({"alert", ""}).unsubscribed == 0);
    choose(Choice::kAll, kHour);
    CHECK(ledger->is_suppressed(kAnn, "other", kNoon + 900 * 24 * kHour));
}

TEST_CASE_FIXTURE(Fixture, "a hundred clicks are one, and an undo takes back all that was chosen") {
    for (int i = 0; i < 100; ++i) choose(Choice::kList, i * Milliseconds(7));
    CHECK(feedback_in(*ledger).size() == 1);
    choose(Choice::kAll, kHour);
    choose(Choice::kUndo, 2 * kHour);
    CHECK(entries_of(*ledger).empty());
    choose(Choice::kUndo, 3 * kHour);
    CHECK(feedback_in(*ledger).size() == 3);
    choose(Choice::kList, 4 * kHour);
    CHECK(entries_of(*ledger) == Texts{"news unsubscribe one-click"});
}

TEST_CASE_FIXTURE(Fixture, "undo leaves bounces, complaints and what staff entered") {
    for (const char* reason : {"bounce", "complaint", "manual"}) {
        Suppression entry{kAnn, std::string("of ") + reason, reason, "inbound", kNoon, ""};
        ledger->suppress(std::span(&entry, 1));
    }
    choose(Choice::kList);
    choose(Choice::kUndo, kHour);
    CHECK(entries_of(*ledger).size() == 3);
}

TEST_CASE_FIXTURE(Fixture, "an undo that comes late does not take back what was chosen after it") {
    choose(Choice::kList, 2 * kHour);
    choose(Choice::kUndo, kHour);
    CHECK(entries_of(*ledger) == Texts{"news unsubscribe one-click"});
}

TEST_CASE_FIXTURE(Fixture, "an undo does not take back what was said again after it") {
    for (Milliseconds later : {Milliseconds(200), 2 * kHour}) {
        CAPTURE(later.count());
        choose(Choice::kAll);
        choose(Choice::kList);
        choose(Choice::kList, later);  // by mail, say; the undo lies in a journal meanwhile
        choose(Choice::kUndo, Milliseconds(100));
        CHECK(entries_of(*ledger) == Texts{"news unsubscribe one-click"});
        choose(Choice::kUndo, later);
        CHECK(entries_of(*ledger).empty());
    }
}

TEST_CASE_FIXTURE(Fixture, "undo lifts no list that was imported, and nothing entered by hand") {
    for (const char* source : {"file old.csv", "command line"}) {
        Suppression entry{kAnn, source, "unsubscribe", source, kNoon, ""};
        ledger->suppress(std::span(&entry, 1));
    }
    Suppression bounce{kAnn, kEverything, "bounce", "inbound", kNoon, ""};
    ledger->suppress(std::span(&bounce, 1));
    CHECK(standing().left_everything);
    CHECK_FALSE(standing().can_undo);
    choose(Choice::kPause30);
    choose(Choice::kList);
    CHECK(standing().can_undo);
    choose(Choice::kUndo, kHour);
    CHECK_FALSE(standing().can_undo);
    CHECK(entries_of(*ledger) == Texts{"all bounce inbound",
                                       "command line unsubscribe command line",
                                       "file old.csv unsubscribe file old.csv"});
}

TEST_CASE_FIXTURE(Fixture,
                  "undo lifts under the token's own name what stands there, and no other") {
    const std::string hashed = name_of_hash(decoded.key, decoded.address_hash);
    Suppression entry{hashed, "news", "unsubscribe", "file old.csv", kNoon, ""};
    ledger->suppress(std::span(&entry, 1));
    choose(Choice::kAll);
    choose(Choice::kUndo, kHour);
    CHECK(entries_of(*ledger) == Texts{"news unsubscribe file old.csv"});
}

TEST_CASE_FIXTURE(Fixture, "all of a journal with repetitions read twice ends as it did once") {
    auto read = [&] {
        std::vector<Leaving> all = {leaving_of(keys, token, Choice::kList, kNoon),
                                    leaving_of(keys, token, Choice::kList, kNoon + kHour / 60),
                                    leaving_of(keys, token, Choice::kList, kNoon + kHour),
                                    leaving_of(keys, token, Choice::kUndo, kNoon + 2 * kHour)};
        for (const Leaving& one : all) apply_leavings(*ledger, keys, std::span(&one, 1));
        return entries_of(*ledger);
    };
    CHECK(read().empty());
    CHECK(read().empty());
}

TEST_CASE_FIXTURE(Fixture, "all of a journal read twice ends as it did once") {
    auto read = [&] {
        std::vector<Leaving> all = {leaving_of(keys, token, Choice::kList, kNoon),
                                    leaving_of(keys, token, Choice::kUndo, kNoon + kHour),
                                    leaving_of(keys, token, Choice::kAll, kNoon + 2 * kHour)};
        apply_leavings(*ledger, keys, all);
    };
    read();
    CHECK(entries_of(*ledger) == Texts{"all unsubscribe one-click"});
    CHECK(ledger->unsuppress({kAnn}, "command line", kNoon + 3 * kHour) == 1);
    read();
    CHECK(entries_of(*ledger).empty());
    CHECK(feedback_in(*ledger).size() == 3);
}

TEST_CASE_FIXTURE(Fixture, "the same mail read again counts once") {
    Leaving leaving = leaving_of(keys, token, Choice::kList, kNoon);
    leaving.id = "mail 1";
    apply_leavings(*ledger, keys, std::span(&leaving, 1));
    ledger->unsuppress({kAnn}, "command line", kNoon);
    leaving.time += kHour;
    apply_leavings(*ledger, keys, std::span(&leaving, 1));
    CHECK(entries_of(*ledger).empty());
    CHECK(feedback_in(*ledger).size() == 1);
}

TEST_CASE_FIXTURE(Fixture,
                  "somebody whose row is gone is suppressed by the hash, and can come back") {
    token = encode_token(keys, decoded.campaign, decoded.list, decoded.recipient + 1000,
                         "bob@one.example");
    decoded = *decode_token(keys, token);
    choose(Choice::kList);
    CHECK(entries_of(*ledger, name_of_hash(decoded.key, decoded.address_hash)) ==
          Texts{"all unsubscribe one-click"});
    CHECK(ledger->is_suppressed("bob@one.example", "any", kNoon));
    CHECK_FALSE(ledger->is_suppressed(kAnn, "news", kNoon));
    CHECK(standing().left_list);
    choose(Choice::kUndo, kHour);
    CHECK_FALSE(ledger->is_suppressed("bob@one.example", "news", kNoon));
}

TEST_CASE_FIXTURE(Fixture, "a token of another ledger leaves everything, and touches nobody else") {
    token =
        encode_token(keys, decoded.campaign, decoded.list, decoded.recipient, "bob@one.example");
    choose(Choice::kList);
    CHECK(ledger->is_suppressed("bob@one.example", "any", kNoon));
    CHECK_FALSE(ledger->is_suppressed(kAnn, "news", kNoon));
}

TEST_CASE_FIXTURE(Fixture, "a probe changes nothing") {
    token = make_probe(keys);
    choose(Choice::kAll);
    CHECK(entries_of(*ledger).empty());
    CHECK(feedback_in(*ledger).empty());
}
