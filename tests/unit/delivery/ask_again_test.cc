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

const WallTime kAsked = at(2);  // when the request left that answered eve

RowOutcome unanswered() {
    RowOutcome outcome;
    outcome.state = State::kInDoubt;
    outcome.transport = "api";
    outcome.attempt.phase = Phase::kEndOfData;
    outcome.attempt.error = "connection reset";
    outcome.attempt.started = kAsked;
    return outcome;
}

RowOutcome answered(State state = State::kAccepted) {
    RowOutcome outcome = unanswered();
    outcome.state = state;
    outcome.attempt.error.clear();
    outcome.attempt.reply = SmtpReply{200, "", "id 41"};
    return outcome;
}

// Two people in doubt, eve who was answered, and a question about the two.
struct Doubts {
    ManualClock clock{at(500)};
    std::unique_ptr<Ledger> ledger = make_memory_ledger();
    Questioned transport;
    PlanInfo plan;

    explicit Doubts(const std::vector<RowOutcome>& of_eve = {answered()}) {
        transport.clock = &clock;
        PlanHeader planned = header();
        planned.content = serialise(alert_content());
        write_plan(*ledger, planned,
                   {person("ann@a.example"), person("bob@a.example"), person("eve@a.example")});
        send(3, {unanswered(), unanswered(), of_eve[0]});
        for (std::size_t i = 1; i < of_eve.size(); ++i) send(1, {of_eve[i]});
        plan = *ledger->plan(kMailing);
        transport.questions = {
            {"k1", "alert", {{rows[0], "ann@a.example"}, {rows[1], "bob@a.example"}}, kAsked}};
        transport.verdicts = {ProviderVerdict::kAccepted, ProviderVerdict::kRefused};
    }
    void send(std::size_t most, std::vector<RowOutcome> outcomes) {
        auto session = ledger->begin_send(kMailing, "test", at(1));
        const std::vector<RowId> claimed = ids_of(session->claim(most, at(400)));
        REQUIRE(claimed.size() == outcomes.size());
        session->begin_sending(claimed, at(400));
        for (std::size_t i = 0; i < most; ++i) outcomes[i].id = claimed[i];
        session->record(outcomes);
        if (rows.empty()) rows = claimed;
    }
    OpenQuestion& question() { return transport.questions[0]; }
    // The request was for eve, too.
    void had_eve() {
        question().mails.push_back({rows[2], "eve@a.example"});
        transport.verdicts.push_back(ProviderVerdict::kAccepted);
    }
    bool asks() {
        ask();
        return !transport.asked.empty();
    }
    AskedAgain ask() { return ask_again(transport, "api", *ledger, plan, clock); }
    std::size_t in_doubt() { return ledger->counts(kMailing).of(State::kInDoubt); }

    std::vector<RowId> rows;  // ann's, bob's and eve's
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

TEST_CASE("a request whose answer was noted by halves is asked about, and what is noted stays") {
    Doubts doubts;
    doubts.had_eve();
    AskedAgain asked = doubts.ask();
    CHECK(doubts.transport.asked == Names{"k1"});
    CHECK(asked.accepted == 1);
    CHECK(asked.rejected == 1);
    CHECK(doubts.in_doubt() == 0);
    CHECK(doubts.transport.forgotten == Names{"k1"});
    auto eve = doubts.ledger->explain(kMailing, "eve@a.example");
    CHECK(eve->state == State::kAccepted);
    CHECK(eve->resolutions.empty());
}

TEST_CASE("so is one whose noted half was refused; only who is in doubt can stay unclear") {
    Doubts doubts({answered(State::kRejected)});
    doubts.had_eve();
    doubts.transport.verdicts.back() = ProviderVerdict::kUnclear;
    AskedAgain asked = doubts.ask();
    CHECK(asked.unclear == 0);
    CHECK(doubts.in_doubt() == 0);
    CHECK(doubts.transport.forgotten == Names{"k1"});
    CHECK(doubts.ledger->explain(kMailing, "eve@a.example")->state == State::kRejected);

    Doubts unclear;
    unclear.had_eve();
    unclear.transport.verdicts[1] = ProviderVerdict::kUnclear;
    CHECK(unclear.ask().unclear == 1);
    CHECK(unclear.in_doubt() == 1);
    CHECK(unclear.transport.forgotten.empty());
}

TEST_CASE("a request is not asked about where another one settled one of its mails") {
    Doubts doubts;
    doubts.had_eve();
    doubts.question().asked = kAsked - Milliseconds(1);
    doubts.ask();
    CHECK(doubts.transport.asked.empty());
    CHECK(doubts.transport.forgotten.empty());
    CHECK(doubts.in_doubt() == 2);
}

TEST_CASE("nor where it is not certain that it settled a mail itself") {
    auto asks = [](const std::vector<RowOutcome>& of_eve) {
        Doubts doubts(of_eve);
        doubts.had_eve();
        return doubts.asks();
    };
    CHECK(asks({answered()}));
    RowOutcome other = answered();
    other.transport = "relay";
    CHECK(!asks({other}));
    RowOutcome untold = unanswered();
    untold.state = State::kRejected;
    CHECK(!asks({untold}));
    CHECK(!asks({answered(State::kDeferred)}));
    CHECK(!asks({answered(State::kDeferred), answered()}));

    Doubts resolved({answered(State::kInDoubt)});
    resolved.had_eve();
    const Verdict verdict{resolved.rows[2], Resolution::kAccept, "the log"};
    resolved.ledger->resolve(kMailing, {&verdict, 1}, "test", at(450));
    CHECK(!resolved.asks());

    Doubts suppressed;
    suppressed.had_eve();
    Suppression entry{"eve@a.example", "news", "unsubscribe", "test", at(400), "alert"};
    suppressed.ledger->suppress({&entry, 1});
    CHECK(!suppressed.asks());

    Doubts twice;
    twice.had_eve();
    twice.transport.questions.push_back({"k2", "alert", {twice.question().mails[2]}, kAsked});
    twice.ask();
    CHECK(twice.transport.asked.empty());
    CHECK(twice.transport.forgotten == Names{"k2"});
}

TEST_CASE("a request none of whose mails is in doubt is forgotten") {
    Doubts doubts;
    doubts.question().mails = {{doubts.rows[2], "eve@a.example"}};
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
