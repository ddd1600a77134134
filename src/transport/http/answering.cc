#include "transport/http/answering.h"

#include <algorithm>
#include <exception>

#include "base/log.h"

namespace tocsin {
namespace {

std::vector<ProviderAnswer> unclear(const HttpResponse& response, std::size_t count) {
    const int status = std::clamp(response.status, 200, 599);
    SmtpReply reply{status, "", "the answer cannot be understood"};
    return {count, ProviderAnswer{ProviderVerdict::kUnclear, reply}};
}

bool all_are(const std::vector<ProviderAnswer>& answers, ProviderVerdict verdict) {
    return std::all_of(answers.begin(), answers.end(),
                       [&](const ProviderAnswer& one) { return one.verdict == verdict; });
}

bool is_final(const ProviderAnswer& answer) {
    return answer.verdict == ProviderVerdict::kAccepted ||
           answer.verdict == ProviderVerdict::kRefused;
}

}  // namespace

std::vector<ProviderAnswer> read_answers(const Provider& provider, const HttpResponse& response,
                                         const HttpBatch& batch) {
    try {
        const std::vector<const Message*> messages = batch.messages();
        auto answers = provider.answers(response, messages);
        if (answers.size() == batch.jobs.size()) return answers;
        log_warning("a provider's answers and the messages that it was given do not match");
    } catch (const std::exception& fault) {
        log_warning(std::string("a provider's answer cannot be read: ") + redacted(fault.what()));
    }
    return unclear(response, batch.jobs.size());
}

bool settles(const std::vector<ProviderAnswer>& answers, int status, bool was_uncertain) {
    constexpr int kConflict = 409;  // a request with this key is being worked on
    constexpr int kKnown = 400;     // the key is known, and that is all that will ever be said
    const bool unclear = all_are(answers, ProviderVerdict::kUnclear);
    if (was_uncertain) {
        return (unclear && status == kKnown) ||
               std::all_of(answers.begin(), answers.end(), is_final);
    }
    if (status == kConflict && all_are(answers, ProviderVerdict::kLater)) return false;
    // A success that says nothing may come from something in between.
    bool may_be_done = status == kConflict || status >= 500 || status < 300;
    return !(may_be_done && unclear);
}

std::vector<Finished> ends_of(const HttpBatch& batch, const std::vector<ProviderAnswer>& answers,
                              Milliseconds pause, WallTime now) {
    std::vector<Finished> ends;
    for (std::size_t i = 0; i < batch.jobs.size(); ++i) {
        Attempt attempt{Phase::kEndOfData,  answers[i].reply,   "", batch.started, now,
                        answers[i].verdict, answers[i].provider};
        if (pause > Milliseconds(0)) attempt.retry_after = pause;
        ends.push_back({batch.jobs[i].ticket, std::move(attempt)});
    }
    return ends;
}

std::vector<Finished> doubts_of(const HttpBatch& batch, WallTime now) {
    if (!batch.answers.empty()) {
        std::vector<ProviderAnswer> last = batch.answers;
        for (ProviderAnswer& one : last) {
            if (!is_final(one)) one.verdict = ProviderVerdict::kUnclear;
        }
        return ends_of(batch, last, Milliseconds(0), now);
    }
    std::vector<Finished> ends;
    for (const HttpJob& job : batch.jobs) {
        ends.push_back({job.ticket,
                        {Phase::kEndOfData, std::nullopt, batch.error, batch.started, now,
                         ProviderVerdict::kUnclear}});
    }
    return ends;
}

}  // namespace tocsin
