#include "delivery/doubts.h"

#include <doctest/doctest.h>

#include "ledger/memory.h"
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

struct InDoubt {
    std::unique_ptr<Ledger> ledger = make_memory_ledger();
    std::vector<Doubt> doubts;

    InDoubt() {
        write_plan(*ledger, header(),
                   std::vector{person("ann@a.example"), person("bob@b.example")});
        auto session = ledger->begin_send(kMailing, "test", at(1));
        auto claimed = session->claim(2, at(1));
        session->begin_sending(ids_of(claimed), at(2));
        for (const ClaimedRow& row : claimed) record(*session, row.id, State::kInDoubt);
        ledger->in_doubt(kMailing, [&](const DoubtfulRow& row) {
            doubts.push_back({row, {}, {}, {}});
        });
        REQUIRE(doubts.size() == 2);
    }
    void note(FeedbackKind kind, RowId row) {
        FeedbackNote note;
        note.feedback.id = std::string(name(kind)) + std::to_string(row);
        note.feedback.row = row;
        note.feedback.kind = kind;
        note.feedback.source = "webhook brevo";
        note.feedback.time = at(60);
        ledger->note_feedback(std::vector{note});
        search_feedback(doubts, *ledger, kMailing);
    }
};

}  // namespace

TEST_CASE_FIXTURE(InDoubt, "what came back about a mail says that it was accepted") {
    for (FeedbackKind kind : {FeedbackKind::kBounce, FeedbackKind::kDelay, FeedbackKind::kComplaint,
                              FeedbackKind::kDelivery}) {
        InDoubt other;
        other.note(kind, other.doubts[0].row.id);
        CHECK(other.doubts[0].evidence() ==
              "webhook brevo told of a " + std::string(name(kind)) + ", noted " + iso8601(at(60)));
        CHECK(other.doubts[1].evidence().empty());
    }
}

TEST_CASE_FIXTURE(InDoubt, "what says nothing of the mail, or is no row's, is no evidence") {
    note(FeedbackKind::kUnsubscribe, doubts[0].row.id);
    note(FeedbackKind::kOther, doubts[0].row.id);
    note(FeedbackKind::kBounce, 0);
    for (const Doubt& doubt : doubts) CHECK(doubt.evidence().empty());
}
