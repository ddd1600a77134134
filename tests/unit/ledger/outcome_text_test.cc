#include "ledger/outcome_text.h"

#include <doctest/doctest.h>

#include "unit/ledger/contract.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

RowOutcome full_outcome() {
    RowOutcome made = with_suppression(outcome(7, State::kDeferred), "news");
    made.attempt.reply = SmtpReply{450, "4.2.0", "try later, Zoë"};
    made.attempt.error = "timed out after 300 s";
    made.decision = "greylisted (4.2.0): next try in about 30 min";
    made.soft_bounce = true;
    return made;
}

void check_equal(const RowOutcome& found, const RowOutcome& expected) {
    CHECK(found.id == expected.id);
    CHECK(found.state == expected.state);
    CHECK(found.not_before == expected.not_before);
    CHECK(found.transport == expected.transport);
    CHECK(found.attempt.phase == expected.attempt.phase);
    REQUIRE(found.attempt.reply.has_value() == expected.attempt.reply.has_value());
    if (found.attempt.reply) CHECK(found.attempt.reply->line() == expected.attempt.reply->line());
    CHECK(found.attempt.error == expected.attempt.error);
    CHECK(found.attempt.started == expected.attempt.started);
    CHECK(found.attempt.ended == expected.attempt.ended);
    CHECK(found.decision == expected.decision);
    REQUIRE(found.suppress.has_value() == expected.suppress.has_value());
    if (found.suppress) CHECK(found.suppress->scope == expected.suppress->scope);
    if (found.suppress) CHECK(found.suppress->reason == expected.suppress->reason);
    CHECK(found.soft_bounce == expected.soft_bounce);
}

}  // namespace

TEST_CASE("an outcome comes back as it was, with all that may be missing and without") {
    for (const RowOutcome& made :
         {full_outcome(), outcome(1, State::kAccepted), outcome(2, State::kInDoubt)}) {
        auto found = parse_outcome(outcome_text(made, 900));
        REQUIRE(found);
        check_equal(*found, made);
    }
}

TEST_CASE("what people said is cut to the room there is, and nothing else") {
    RowOutcome made = full_outcome();
    made.attempt.reply->text = std::string(1000, 'r');
    made.decision = std::string(1000, 'd');
    made.attempt.error.clear();
    std::string text = outcome_text(made, 900);
    CHECK(text.size() <= 900);
    auto found = parse_outcome(text);
    REQUIRE(found);
    made.attempt.reply->text.resize(300);
    made.decision.resize(300);
    check_equal(*found, made);
}

TEST_CASE("no half of a character is kept") {
    RowOutcome made = outcome(1, State::kRejected);
    made.attempt.reply->text = std::string(299, 'x') + "ë";
    auto found = parse_outcome(outcome_text(made, 900));
    REQUIRE(found);
    CHECK(found->attempt.reply->text == std::string(299, 'x'));
}

TEST_CASE("an outcome that no cut makes fit is no outcome") {
    RowOutcome made = full_outcome();
    made.transport = std::string(1000, 't');
    std::string text = outcome_text(made, 900);
    CHECK(text.size() == 900);
    CHECK_FALSE(parse_outcome(text));
}

TEST_CASE("every beginning of a text, and a text with more, is no outcome") {
    const std::string text = outcome_text(full_outcome(), 900);
    for (std::size_t size = 0; size < text.size(); ++size) {
        CAPTURE(size);
        CHECK_FALSE(parse_outcome(text.substr(0, size)));
    }
    CHECK_FALSE(parse_outcome(text + std::string(1, '\0')));
}

TEST_CASE("a state or a phase that there is not makes no outcome") {
    std::string text = outcome_text(outcome(1, State::kAccepted), 900);
    auto with = [&](std::size_t at, char digit) {
        std::string changed = text;
        changed[at] = digit;
        return parse_outcome(changed);
    };
    // Behind the id and its length: a length, and the state.
    REQUIRE(text.substr(0, 4) ==
            "\x01"
            "1"
            "\x01"
            "3");
    CHECK(with(3, '7'));
    for (char state : {'0', '1', '2', '8', '9', 'x'}) CHECK_FALSE(with(3, state));
    std::size_t phase = text.find(
                            "\x05"
                            "relay") +
                        7;
    REQUIRE(text[phase] == '5');
    CHECK_FALSE(with(phase, '6'));
    CHECK_FALSE(with(phase, '-'));
}
