// The contract of what replies say about addresses: provisional suppressions and soft bounces.
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const MailingKey kOther{"other", ""};

std::vector<SuppressionChange> changes(Ledger& ledger, const std::string& key) {
    std::vector<SuppressionChange> found;
    for (const auto& event : ledger.suppression_history(key)) found.push_back(event.change);
    return found;
}

using Changes = std::vector<SuppressionChange>;
constexpr auto kAdded = SuppressionChange::kAdded;
constexpr auto kNoted = SuppressionChange::kNoted;
constexpr auto kForgotten = SuppressionChange::kForgotten;

// One person's mail in a mailing of its own; what `make` makes of the outcome is recorded.
template <class Make>
std::unique_ptr<SendSession> send_one(Ledger& ledger, const std::string& campaign, State state,
                                      Make make) {
    const MailingKey mailing{campaign, ""};
    if (!ledger.plan(mailing)) write_plan(ledger, header(mailing), {person("a@x.example")});
    auto session = ledger.begin_send(mailing, "test", at(1));
    auto rows = session->claim(1, at(1'000'000));
    REQUIRE(rows.size() == 1);
    session->record(std::vector{make(outcome(rows[0].id, state))});
    return session;
}

RowOutcome plain(RowOutcome outcome) {
    return outcome;
}

RowOutcome blamed(RowOutcome outcome) {
    return with_suppression(std::move(outcome));
}

}  // namespace

TEST_CASE_TEMPLATE("a relay that refuses everybody: what its replies said is forgotten", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    auto session = send_one(ledger, "alert", State::kRejected, blamed);
    CHECK_FALSE(ledger.is_suppressed("a@x.example", ""));
    CHECK(session->settle_suppressions(false, at(50)) == 1);
    CHECK(session->settle_suppressions(false, at(51)) == 0);
    CHECK(session->settle_suppressions(true, at(52)) == 0);
    CHECK_FALSE(ledger.is_suppressed("a@x.example", ""));
    auto history = ledger.suppression_history("a@x.example");
    REQUIRE(history.size() == 2);
    CHECK(history[0].change == kNoted);
    CHECK(history[0].entry.time == at(11));
    CHECK(history[1].change == kForgotten);
    CHECK(history[1].entry.time == at(50));
}

TEST_CASE_TEMPLATE("what is kept becomes an entry that says where it came from", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    send_one(ledger, "other", State::kAccepted, plain);
    auto session = send_one(ledger, "alert", State::kRejected, [](RowOutcome outcome) {
        return with_suppression(std::move(outcome), "news");
    });
    CHECK(session->settle_suppressions(true, at(50)) == 1);
    CHECK(ledger.is_suppressed("a@x.example", "news"));
    CHECK_FALSE(ledger.is_suppressed("a@x.example", ""));
    auto history = ledger.suppression_history("a@x.example");
    REQUIRE(history.size() == 2);
    CHECK(history[1].change == kAdded);
    CHECK(history[1].run == 1);
    const Suppression& entry = history[1].entry;
    CHECK(entry.reason == "bounce");
    CHECK(entry.source == kFromReply);
    CHECK(entry.campaign == "alert");
    CHECK(entry.time == at(11));
}

TEST_CASE_TEMPLATE("a later session settles what an earlier one noted, each mailing its own", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    write_plan(ledger, header(kOther), {person("a@x.example"), person("b@x.example")});
    send_one(ledger, "alert", State::kRejected, blamed);
    auto others = ledger.begin_send(kOther, "test", at(2));
    CHECK(others->settle_suppressions(true, at(3)) == 0);
    others.reset();
    auto later = ledger.begin_send(kMailing, "test", at(4));
    CHECK(later->settle_suppressions(true, at(5)) == 1);
    CHECK(ledger.is_suppressed("a@x.example", ""));
    CHECK(ledger.suppression_history("a@x.example").back().run == 1);
}

TEST_CASE_TEMPLATE("an entry that stands is not touched by one that is kept", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    auto session = send_one(ledger, "alert", State::kRejected, blamed);
    suppress(ledger, "a@x.example");
    CHECK(session->settle_suppressions(true, at(50)) == 1);
    CHECK(changes(ledger, "a@x.example") == Changes{kNoted, kAdded});
    ledger.for_each_suppression({}, [](const Suppression& e) { CHECK(e.reason == "unsubscribe"); });
}

TEST_CASE_TEMPLATE("undo lifts what replies gave, and nothing that a person said", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    auto bounce = [](const std::string& key, const std::string& campaign, int seconds) {
        return Suppression{key, kEverything, "bounce", kFromReply, at(seconds), campaign};
    };
    std::vector<Suppression> entries{
        bounce("a@x.example", "alert", 10),
        bounce("b@x.example", "alert", 20),
        bounce("c@x.example", "other", 20),
        bounce("d@x.example", "alert", 20),
        unsubscribe("e@x.example"),
        {"f@x.example", kEverything, "bounce", "file", at(20), ""},
        {"g@x.example", kEverything, "complaint", kFromReply, at(20), "alert"}};
    ledger.suppress(entries);
    suppress(ledger, "d@x.example");
    auto standing = [&] {
        std::string keys;
        ledger.for_each_suppression({}, [&](const Suppression& e) { keys += e.address[0]; });
        return keys;
    };
    REQUIRE(standing() == "abcdefg");
    CHECK(ledger.undo_suppressions({"nobody", {}, {}}, "command line", at(90)) == 0);
    CHECK(ledger.undo_suppressions({"", at(21), {}}, "command line", at(90)) == 0);
    CHECK(ledger.undo_suppressions({"", {}, at(10)}, "command line", at(90)) == 0);
    CHECK(standing() == "abcdefg");
    SUBCASE("by campaign") {
        CHECK(ledger.undo_suppressions({"alert", {}, {}}, "command line", at(90)) == 2);
        CHECK(standing() == "cdefg");
    }
    SUBCASE("by time: from the first moment, before the last") {
        CHECK(ledger.undo_suppressions({"", at(10), at(20)}, "command line", at(90)) == 1);
        CHECK(standing() == "bcdefg");
    }
    SUBCASE("since") {
        CHECK(ledger.undo_suppressions({"", at(20), {}}, "command line", at(90)) == 2);
        CHECK(standing() == "adefg");
    }
    SUBCASE("all") {
        CHECK(ledger.undo_suppressions({}, "command line", at(90)) == 3);
        CHECK(standing() == "defg");
        const SuppressionEvent event = ledger.suppression_history("a@x.example").back();
        CHECK(event.change == SuppressionChange::kLifted);
        CHECK(event.entry.source == "command line");
        CHECK(event.entry.time == at(90));
        CHECK(event.entry.campaign == "alert");
    }
}

TEST_CASE_TEMPLATE("undo forgets what is only noted, so that no later send adds it", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    auto session = send_one(ledger, "alert", State::kRejected, blamed);
    CHECK(ledger.undo_suppressions({"other", {}, {}}, "command line", at(90)) == 0);
    CHECK(ledger.undo_suppressions({"alert", {}, {}}, "command line", at(90)) == 1);
    CHECK(session->settle_suppressions(true, at(91)) == 0);
    CHECK_FALSE(ledger.is_suppressed("a@x.example", ""));
    CHECK(changes(ledger, "a@x.example") == Changes{kNoted, kForgotten});
    CHECK(ledger.suppression_history("a@x.example").back().run == 1);
}

TEST_CASE_TEMPLATE("soft bounces in three mailings suppress, in one or two they do not", Form,
                   FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    send_one(ledger, "one", State::kDeferred, soft_bounced);
    send_one(ledger, "one", State::kDeferred, soft_bounced);
    send_one(ledger, "one", State::kExpired, soft_bounced);
    send_one(ledger, "two", State::kRejected, soft_bounced);
    CHECK(changes(ledger, "a@x.example").empty());
    auto third = send_one(ledger, "three", State::kRejected, soft_bounced);
    CHECK(changes(ledger, "a@x.example") == Changes{kNoted});
    CHECK_FALSE(ledger.is_suppressed("a@x.example", ""));
    CHECK(third->settle_suppressions(true, at(50)) == 1);
    CHECK(ledger.is_suppressed("a@x.example", ""));
    const Suppression entry = ledger.suppression_history("a@x.example").back().entry;
    CHECK(entry.reason == "bounce");
    CHECK(entry.campaign == "three");
    // Once it stands, the count begins anew for whom it is lifted.
    ledger.unsuppress({"a@x.example", ""}, "command line", at(60));
    send_one(ledger, "four", State::kRejected, soft_bounced);
    CHECK(changes(ledger, "a@x.example").size() == 3);
}

TEST_CASE_TEMPLATE("an accepted mail between soft bounces begins the count anew", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    send_one(ledger, "one", State::kRejected, soft_bounced);
    send_one(ledger, "two", State::kRejected, soft_bounced);
    send_one(ledger, "three", State::kAccepted, plain);
    send_one(ledger, "four", State::kRejected, soft_bounced);
    send_one(ledger, "five", State::kRejected, soft_bounced);
    CHECK(changes(ledger, "a@x.example").empty());
    send_one(ledger, "six", State::kRejected, soft_bounced);
    CHECK(changes(ledger, "a@x.example") == Changes{kNoted});
}

TEST_CASE_TEMPLATE("soft bounces of a run that is forgotten do not count", Form, FORMS) {
    Form form;
    Ledger& ledger = *form.ledger;
    send_one(ledger, "one", State::kRejected, soft_bounced);
    send_one(ledger, "two", State::kRejected, soft_bounced)->settle_suppressions(false, at(50));
    send_one(ledger, "three", State::kRejected, soft_bounced);
    CHECK(changes(ledger, "a@x.example").empty());
    send_one(ledger, "four", State::kRejected, soft_bounced);
    CHECK(changes(ledger, "a@x.example") == Changes{kNoted});
}

TEST_CASE_TEMPLATE("an accepted mail cannot speak against its address", Form, FORMS) {
    Form form;
    plan_people(*form.ledger, {"a@x.example"});
    auto session = form.ledger->begin_send(kMailing, "test", at(1));
    RowOutcome accepted = outcome(session->claim(1, at(1))[0].id, State::kAccepted);
    CHECK_THROWS_AS(session->record(std::vector{with_suppression(accepted)}),
                    std::invalid_argument);
    CHECK_THROWS_AS(session->record(std::vector{soft_bounced(accepted)}), std::invalid_argument);
    CHECK(checked_counts(*form.ledger).of(State::kPlanned) == 1);
}
