// The part of the engine that keeps requests for later runs, and asks about those of earlier ones.
#include <algorithm>
#include <utility>

#include "base/log.h"
#include "transport/http/engine.h"
#include "transport/http/repeat.h"

namespace tocsin {

// Mails that are nobody's row (proofs) are not kept: no later run could say whose they were.
void HttpTransport::keep(const HttpBatch& batch) {
    if (!outstanding_ || batch.jobs.front().message.reference.empty()) return;
    OutstandingRequest kept{{batch.key, batch.jobs.front().message.campaign, {}, batch.started},
                            batch.first_asked,
                            batch.request.method,
                            batch.request.url,
                            boot_id(),
                            account_of(batch.request),
                            batch.request.body};
    for (const HttpJob& job : batch.jobs) {
        kept.question.mails.push_back({job.ticket, job.message.envelope.to.key()});
    }
    try {
        outstanding_->write(kept);
    } catch (const std::exception& fault) {
        // The send does not depend on it.
        log_warning("a request cannot be kept for a later run: " + redacted(fault.what()));
    }
}

// The caller asks for more only when it has noted what it was told.
void HttpTransport::forget_answered() {
    for (const std::string& key : std::exchange(answered_, {})) {
        if (outstanding_) outstanding_->forget(key);
    }
}

// By both clocks: since boot, for the other may be set back; and that one, for a container may
// begin its own count.
bool HttpTransport::is_remembered(const OutstandingRequest& request) const {
    const auto within = [&](Milliseconds age) {
        return age >= Milliseconds(0) && age < provider_->remembers();
    };
    return !boot_id().empty() && request.boot_id == boot_id() &&
           within(now() - request.asked_at_boot) && within(clock_.now() - request.question.asked);
}

// What the provider may have forgotten is of no use to anybody.
std::vector<OpenQuestion> HttpTransport::open_questions() {
    std::vector<OpenQuestion> questions;
    if (!outstanding_) return questions;
    for (OutstandingRequest& one : outstanding_->read()) {
        if (is_remembered(one)) {
            questions.push_back(std::move(one.question));
        } else {
            outstanding_->forget(one.question.key);
        }
    }
    return questions;
}

std::vector<Attempt> HttpTransport::ask_again(const OpenQuestion& question) {
    for (const OutstandingRequest& one : outstanding_->read()) {
        if (one.question.key != question.key || !is_remembered(one)) continue;
        return repeat(*provider_, one, limits_, clock_);
    }
    return {};
}

void HttpTransport::forget(const OpenQuestion& question) {
    if (outstanding_) outstanding_->forget(question.key);
}

}  // namespace tocsin
