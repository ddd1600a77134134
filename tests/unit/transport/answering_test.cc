#include "transport/http/answering.h"

#include <doctest/doctest.h>

#include "unit/transport/http_support.h"

using namespace tocsin;
using namespace tocsin::test;
using Verdict = ProviderVerdict;

namespace {

std::vector<ProviderAnswer> answers(std::initializer_list<Verdict> verdicts) {
    std::vector<ProviderAnswer> all;
    for (Verdict verdict : verdicts) all.push_back({verdict, {200, "", "said"}});
    return all;
}

HttpBatch batch_of(std::size_t count) {
    HttpBatch batch;
    batch.started = WallTime(std::chrono::hours(1));
    for (std::size_t i = 0; i < count; ++i) {
        batch.jobs.push_back({static_cast<Ticket>(i + 1), message_to("ann@example.org")});
    }
    return batch;
}

Lines told_all(const std::vector<Finished>& ends) {
    Lines lines;
    for (const Finished& end : ends) lines.push_back(told(end));
    return lines;
}

}  // namespace

TEST_CASE("only what may have been carried out is asked again") {
    CHECK(settles(answers({Verdict::kAccepted}), 200, false));
    CHECK(!settles(answers({Verdict::kUnclear}), 200, false));
    CHECK(settles(answers({Verdict::kAccepted, Verdict::kUnclear}), 200, false));
    CHECK(!settles(answers({Verdict::kUnclear, Verdict::kUnclear}), 500, false));
    CHECK(settles(answers({Verdict::kAccepted, Verdict::kUnclear}), 500, false));
    CHECK(settles(answers({Verdict::kLater}), 503, false));
    CHECK(!settles(answers({Verdict::kLater}), 409, false));
    CHECK(!settles(answers({Verdict::kUnclear}), 409, false));
    CHECK(settles(answers({Verdict::kRefused}), 409, false));
}

TEST_CASE("of a request that may have been carried out, only acceptances and refusals count") {
    CHECK(settles(answers({Verdict::kAccepted, Verdict::kRefused}), 200, true));
    for (Verdict verdict :
         {Verdict::kLater, Verdict::kThrottled, Verdict::kAccount, Verdict::kUnclear}) {
        CHECK(!settles(answers({verdict}), 429, true));
    }
}

TEST_CASE("a provider that knows the key and says no more is not asked again") {
    CHECK(settles(answers({Verdict::kUnclear}), 400, true));
    CHECK(!settles(answers({Verdict::kUnclear}), 409, true));
    CHECK(!settles(answers({Verdict::kAccount}), 400, true));
}

TEST_CASE("a doubt keeps what was last said, but for what it does not prove") {
    HttpBatch batch = batch_of(3);
    batch.answers = answers({Verdict::kAccepted, Verdict::kThrottled, Verdict::kAccount});
    CHECK(told_all(doubts_of(batch, batch.started)) == Lines{"1 accepted at end of data: 200 said",
                                                             "2 unclear at end of data: 200 said",
                                                             "3 unclear at end of data: 200 said"});
    HttpBatch silent = batch_of(1);
    silent.error = "connection reset";
    CHECK(told_all(doubts_of(silent, batch.started)) ==
          Lines{"1 unclear at end of data (connection reset)"});
}

TEST_CASE("every end has its message's answer, the pause, and when it was asked") {
    HttpBatch batch = batch_of(2);
    const WallTime now = batch.started + std::chrono::seconds(1);
    auto ends = ends_of(batch, answers({Verdict::kAccepted, Verdict::kRefused}),
                        std::chrono::seconds(3), now);
    CHECK(told_all(ends) == Lines{"1 accepted pause 3000 at end of data: 200 said",
                                  "2 refused pause 3000 at end of data: 200 said"});
    CHECK(ends[0].attempt.started == batch.started);
    CHECK(ends[0].attempt.ended == now);
}
