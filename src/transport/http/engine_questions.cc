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
    OutstandingRequest kept{{batch.key, batch.jobs.front().message.campaign, {}},
                            batch.started,
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

// What the provider may have forgotten is of no use to anybody.
std::vector<OpenQuestion> HttpTransport::open_questions() {
    std::vector<OpenQuestion> questions;
    if (!outstanding_) return questions;
    for (OutstandingRequest& one : outstanding_->read()) {
        const Milliseconds age = clock_.now() - one.asked;
        const bool remembered = age >= Milliseconds(0) && age < provider_->remembers();
        if (remembered && one.boot_id == boot_id() && !boot_id().empty()) {
            questions.push_back(std::move(one.question));
        } else {
            outstanding_->forget(one.question.key);
        }
    }
    return questions;
}

std::vector<Attempt> HttpTransport::ask_again(const OpenQuestion& question) {
    for (const OutstandingRequest& one : outstanding_->read()) {
        if (one.question.key == question.key) return repeat(*provider_, one, limits_, clock_);
    }
    return {};
}

void HttpTransport::forget(const OpenQuestion& question) {
    if (outstanding_) outstanding_->forget(question.key);
}

}  // namespace tocsin
