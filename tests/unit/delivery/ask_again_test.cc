#include "delivery/ask_again.h"

#include <doctest/doctest.h>

#include "ledger/memory.h"
#include "support/null_transport.h"
#include "unit/delivery/alert.h"
#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

// Answers every question with these verdicts.
class Questioned : public NullTransport {
  public:
    std::vector<OpenQuestion> questions;
    std::vector<ProviderVerdict> verdicts;
    std::vector<std::string> asked, forgotten;
    ManualClock* clock = nullptr;
    Milliseconds takes{0};  // for each answer

    std::vector<OpenQuestion> open_questions() override { return questions; }
    std::vector<Attempt> ask_again(const OpenQuestion& question) override {
        asked.push_back(question.key);
        clock->advance(takes);
        std::vector<Attempt> attempts;
        for (ProviderVerdict verdict : verdicts) {
            Attempt attempt;
            attempt.reply = SmtpReply{200, "", "id 42"};
            attempt.verdict = verdict;
            attempts.push_back(attempt);
        }
        return attempts;
    }
    void forget(const OpenQuestion& question) override { forgotten.push_back(question.key); }
};

using Names = std::vector<std::string>;

// Two people in doubt, one who has got it, and a question about the two.
struct Doubts {
    ManualClock clock{at(500)};
    std::unique_ptr<Ledger> ledger = make_memory_ledger();
    Questioned transport;
    PlanInfo plan;

    Doubts() {
        transport.clock = &clock;
        PlanHeader planned = header();
        planned.content = serialise(alert_content());
        write_plan(*ledger, planned,
                   {person("ann@a.example"), person("bob@a.example"), person("eve@a.example")});
        auto session = ledger->begin_send(kMailing, "test", at(1));
        auto claimed = session->claim(3, at(1));
        session->begin_sending(ids_of(claimed), at(2));
        const State ends[] = {State::kInDoubt, State::kInDoubt, State::kAccepted};
        for (std::size_t i = 0; i < 3; ++i) {
            RowOutcome outcome;
            outcome.id = claimed[i].id;
            outcome.state = ends[i];
            outcome.transport = "api";
            outcome.attempt.phase = Phase::kEndOfData;
            outcome.attempt.error = "connection reset";
            session->record({&outcome, 1});
        }
        plan = *ledger->plan(kMailing);
        transport.questions = {
            {"k1", "alert", {{claimed[0].id, "ann@a.example"}, {claimed[1].id, "bob@a.example"}}}};
        transport.verdicts = {ProviderVerdict::kAccepted, ProviderVerdict::kRefused};
        accepted = claimed[2].id;
    }
    AskedAgain ask() { return ask_again(transport, "api", *ledger, plan, clock); }
    std::size_t in_doubt() { return ledger->counts(kMailing).of(State::kInDoubt); }

    RowId accepted = 0;
};

}  // namespace

TEST_CASE("what the provider says of a request settles its mails, and how is on record") {
    Doubts doubts;
    AskedAgain asked = doubts.ask();
    CHECK(asked.accepted == 1);
    CHECK(asked.rejected == 1);
    CHECK(asked.unclear == 0);
    Counts counts = doubts.ledger->counts(kMailing);
    CHECK(counts.of(State::kAccepted) == 2);
    CHECK(counts.of(State::kRejected) == 1);
    CHECK(counts.of(State::kInDoubt) == 0);
    CHECK(doubts.transport.forgotten == Names{"k1"});
    auto report = doubts.ledger->explain(kMailing, "bob@a.example");
    REQUIRE(report->resolutions.size() == 1);
    CHECK(report->resolutions[0].resolution == Resolution::kReject);
    CHECK(report->resolutions[0].source == "asking api again");
    CHECK(report->resolutions[0].evidence == "200 id 42");
}

TEST_CASE("what stays unclear stays in doubt, and can be asked about again") {
    Doubts doubts;
    doubts.transport.verdicts = {ProviderVerdict::kAccepted, ProviderVerdict::kUnclear};
    AskedAgain asked = doubts.ask();
    CHECK(asked.accepted == 1);
    CHECK(asked.unclear == 1);
    CHECK(doubts.in_doubt() == 1);
    CHECK(doubts.transport.forgotten.empty());
}

TEST_CASE("nobody is asked about while somebody of the request has left since") {
    Doubts doubts;
    Suppression entry{"bob@a.example", "news", "unsubscribe", "test", at(400), "alert"};
    doubts.ledger->suppress({&entry, 1});
    doubts.ask();
    CHECK(doubts.transport.asked.empty());
    CHECK(doubts.in_doubt() == 2);
}

TEST_CASE("a request is not asked about where one of its mails is not in doubt") {
    Doubts doubts;
    doubts.transport.questions[0].mails.push_back({doubts.accepted, "eve@a.example"});
    doubts.ask();
    CHECK(doubts.transport.asked.empty());
    CHECK(doubts.transport.forgotten.empty());
    CHECK(doubts.in_doubt() == 2);
}

TEST_CASE("a request none of whose mails is in doubt is forgotten") {
    Doubts doubts;
    doubts.transport.questions[0].mails = {{doubts.accepted, "eve@a.example"}};
    doubts.ask();
    CHECK(doubts.transport.asked.empty());
    CHECK(doubts.transport.forgotten == Names{"k1"});
}

TEST_CASE("other campaigns, other addresses, and mails of two requests are left alone") {
    Doubts doubts;
    doubts.transport.questions[0].campaign = "other";
    doubts.ask();
    CHECK(doubts.transport.asked.empty());
    CHECK(doubts.transport.forgotten.empty());

    Doubts exchanged;
    exchanged.transport.questions[0].mails[0].address = "eve@a.example";
    exchanged.ask();
    CHECK(exchanged.transport.asked.empty());

    Doubts twice;
    twice.transport.questions.push_back(twice.transport.questions[0]);
    twice.transport.questions[1].key = "k2";
    twice.ask();
    CHECK(twice.transport.asked.empty());
    CHECK(twice.in_doubt() == 2);
}

TEST_CASE(
    "a send does not wait for long: what is not asked within ten seconds is left to the next") {
    Doubts doubts;
    const auto mails = doubts.transport.questions[0].mails;
    doubts.transport.questions = {{"k1", "alert", {mails[0]}}, {"k2", "alert", {mails[1]}}};
    doubts.transport.verdicts = {ProviderVerdict::kUnclear};
    doubts.transport.takes = std::chrono::seconds(30);
    doubts.ask();
    CHECK(doubts.transport.asked == Names{"k1"});
    CHECK(doubts.transport.forgotten.empty());
    CHECK(doubts.in_doubt() == 2);

    doubts.transport.asked.clear();
    doubts.transport.takes = std::chrono::seconds(5);
    doubts.ask();
    CHECK(doubts.transport.asked == Names{"k1", "k2"});
}
