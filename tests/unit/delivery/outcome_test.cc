#include "delivery/outcome.h"

#include <doctest/doctest.h>

#include "ledger/memory.h"
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

// One campaign with a recipient for each way in which a mail can end.
class Ended {
  public:
    Ended() {
        std::vector<PlanRow> rows;
        for (const char* key :
             {"delivered@a.example", "returned@a.example", "rejected@b.example",
              "deferred@b.example", "doubt@b.example", "expired@c.example", "waits@c.example"})
            rows.push_back(person(key));
        rows.push_back({"nobody", "lists/m.csv:9", {}, SkipReason::kInvalid, "no @"});
        write_plan(*ledger, header(), rows);
        auto session = ledger->begin_send(kMailing, "test", at(1));
        auto claimed = session->claim(6, at(1));
        session->begin_sending(ids_of(claimed), at(2));
        const State ends[] = {State::kAccepted, State::kAccepted, State::kRejected,
                              State::kDeferred, State::kInDoubt,  State::kExpired};
        for (std::size_t i = 0; i < 6; ++i) record(*session, claimed[i].id, ends[i]);
        returned = claimed[1].id;
    }

    void note(FeedbackKind kind, const std::string& address, RowId row = 0,
              const std::string& status = "") {
        FeedbackNote note;
        note.feedback.id = std::to_string(++notes_);
        note.feedback.address = address;
        note.feedback.campaign = "alert";
        note.feedback.row = row;
        note.feedback.kind = kind;
        note.feedback.bounce = BounceClass::kHard;
        note.feedback.status = status;
        ledger->note_feedback(std::vector{note});
    }

    std::unique_ptr<Ledger> ledger = make_memory_ledger();
    RowId returned = 0;

  private:
    int notes_ = 0;
};

std::size_t count_of(const CampaignOutcome& found, const std::string& reason) {
    for (const auto& [of, count] : found.reasons)
        if (of.reason == reason) return count;
    return 0;
}

}  // namespace

TEST_CASE("everybody has one outcome, and a mail that came back is bounced") {
    Ended ended;
    CHECK(outcome_of(*ended.ledger, kMailing).all.of(Outcome::kDelivered) == 2);
    ended.note(FeedbackKind::kBounce, "returned@a.example", ended.returned, "5.2.1");
    ended.note(FeedbackKind::kBounce, "returned@a.example", ended.returned, "5.2.1");
    ended.note(FeedbackKind::kBounce, "rejected@b.example");
    ended.note(FeedbackKind::kComplaint, "delivered@a.example");
    ended.note(FeedbackKind::kDelay, "delivered@a.example");
    ended.note(FeedbackKind::kUnsubscribe, "erased@z.example");
    auto found = outcome_of(*ended.ledger, kMailing);
    CHECK(found.all.outcomes == std::array<std::size_t, kOutcomes>{1, 2, 1, 1, 2, 1});
    CHECK(found.all.total() == ended.ledger->counts(kMailing).total);
    CHECK(found.all.returned == 1);
    CHECK(found.all.complaints == 1);
    CHECK(found.all.unsubscribes == 0);
    CHECK(found.unmatched == 1);
    CHECK(count_of(found, "5.2.1") == 1);
    CHECK(count_of(found, "5.1.1") == 1);
    CHECK(count_of(found, "invalid") == 1);
    CHECK(count_of(found, "connection reset") == 1);
}

TEST_CASE("domains add up to the whole, the largest first") {
    Ended ended;
    auto found = outcome_of(*ended.ledger, kMailing);
    std::string names;
    std::size_t sum = 0;
    for (const auto& [domain, counts] : found.domains) {
        names += "[" + domain + "]";
        sum += counts.total();
    }
    CHECK(names == "[b.example][a.example][c.example][]");
    CHECK(sum == found.all.total());
}

TEST_CASE("feedback of another run of the campaign is not taken for this one's") {
    Ended ended;
    MailingKey other{"alert", "2026-12"};
    write_plan(*ended.ledger, header(other), {person("delivered@a.example")});
    auto session = ended.ledger->begin_send(other, "test", at(1));
    RowId row = session->claim(1, at(1))[0].id;
    ended.note(FeedbackKind::kBounce, "delivered@a.example", row);
    auto found = outcome_of(*ended.ledger, kMailing);
    CHECK(found.all.of(Outcome::kBounced) == 1);
    CHECK(found.unmatched == 0);
}

// What `status` and `report` say of one mailing.
TEST_CASE("the report counts feedback as the status does") {
    Ended ended;
    MailingKey other{"alert", "2026-12"};
    write_plan(*ended.ledger, header(other), {person("delivered@a.example")});
    ended.note(FeedbackKind::kBounce, "elsewhere@z.example", ended.returned);
    ended.note(FeedbackKind::kBounce, "returned@a.example");
    ended.note(FeedbackKind::kComplaint, "delivered@a.example");
    ended.note(FeedbackKind::kComplaint, "stranger@z.example");
    ended.note(FeedbackKind::kUnsubscribe, "t:0123456789abcdef:0123456789abcdef");
    ended.note(FeedbackKind::kUnsubscribe, "returned@a.example", ended.returned);
    ended.note(FeedbackKind::kUnsubscribe, "returned@a.example");
    for (const MailingKey& mailing : {kMailing, other}) {
        auto found = outcome_of(*ended.ledger, mailing).all;
        auto counts = ended.ledger->feedback_counts(mailing);
        CHECK(found.returned == counts.bounced);
        CHECK(found.complaints == counts.complained);
        CHECK(found.unsubscribes == counts.unsubscribed);
        bool is_first = mailing == kMailing;
        CHECK(counts == (is_first ? FeedbackCounts{1, 0, 1, 1} : FeedbackCounts{}));
    }
}

TEST_CASE("a provider's status is not read as an SMTP code") {
    auto ledger = make_memory_ledger();
    write_plan(
        *ledger, header(),
        {person("refused@a.example"), person("unclear@a.example"), person("fast@a.example")});
    auto session = ledger->begin_send(kMailing, "test", at(1));
    auto claimed = session->claim(3, at(1));
    session->begin_sending(ids_of(claimed), at(2));
    const std::pair<State, SmtpReply> ends[] = {
        {State::kRejected, {400, "", "MessageRejected no such words"}},
        {State::kInDoubt, {550, "", "InternalError mailbox unavailable"}},
        {State::kDeferred, {429, "", "Throttled"}}};
    for (std::size_t i = 0; i < 3; ++i) {
        RowOutcome outcome;
        outcome.id = claimed[i].id;
        outcome.state = ends[i].first;
        outcome.transport = "api";
        outcome.attempt.phase = Phase::kEndOfData;
        outcome.attempt.reply = ends[i].second;
        session->record({&outcome, 1});
    }
    auto found = outcome_of(*ledger, kMailing);
    CHECK(count_of(found, "400 MessageRejected") == 1);
    CHECK(count_of(found, "550 InternalError") == 1);
    CHECK(count_of(found, "429 Throttled") == 1);
    for (const auto& [reason, count] : found.reasons) CHECK(reason.meaning.empty());
}

TEST_CASE("a campaign that nobody planned has no outcome") {
    auto found = outcome_of(*make_memory_ledger(), kMailing);
    CHECK(found.all.total() == 0);
    CHECK(found.domains.empty());
    CHECK(found.reasons.empty());
}

TEST_CASE("deliveries that a provider tells of are counted apart, each recipient once") {
    Ended ended;
    ended.note(FeedbackKind::kDelivery, "returned@a.example", ended.returned);
    ended.note(FeedbackKind::kDelivery, "returned@a.example", ended.returned);
    auto found = outcome_of(*ended.ledger, kMailing);
    CHECK(found.confirmed == 1);
    CHECK(found.unmatched == 0);
    CHECK(found.all.of(Outcome::kDelivered) == 2);
}
