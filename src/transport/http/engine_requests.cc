// The half of the engine that begins requests and judges how they ended.
#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/log.h"
#include "base/random.h"
#include "transport/http/answering.h"
#include "transport/http/engine.h"
#include "transport/http/reachability.h"

namespace tocsin {
namespace {

constexpr std::size_t kKeyBytes = 32;

std::vector<HttpJob> cut(std::vector<HttpJob>& jobs, std::size_t from) {
    const auto first = jobs.begin() + static_cast<std::ptrdiff_t>(from);
    std::vector<HttpJob> rest(std::make_move_iterator(first), std::make_move_iterator(jobs.end()));
    jobs.erase(first, jobs.end());
    return rest;
}

bool has(const std::vector<ProviderAnswer>& answers, ProviderVerdict verdict) {
    return std::any_of(answers.begin(), answers.end(),
                       [&](const ProviderAnswer& one) { return one.verdict == verdict; });
}

}  // namespace

void HttpTransport::begin_due() {
    while (now() >= restraint_.not_before() && flights_.size() < restraint_.allowed()) {
        std::optional<HttpBatch> batch = next_again();
        if (!batch && flights_.size() + again_.size() < restraint_.allowed()) batch = new_batch();
        if (!batch) return;
        begin(std::move(*batch));
    }
}

std::optional<HttpBatch> HttpTransport::next_again() {
    auto found = std::find_if(again_.begin(), again_.end(),
                              [&](const HttpBatch& one) { return one.not_before <= now(); });
    if (found == again_.end()) return std::nullopt;
    HttpBatch batch = std::move(*found);
    again_.erase(found);
    return batch;
}

std::optional<HttpBatch> HttpTransport::new_batch() {
    HttpBatch batch{waiting_.take(now()), random_hex(kKeyBytes)};
    if (batch.jobs.empty()) return std::nullopt;
    batch.started = clock_.now();
    batch.first_asked = now();
    const Provider::Asking asking{batch.started, batch.key};
    batch.request = provider_->request(batch.messages(), asking);
    // Some encodings make more of a message than others: what does not fit waits for the next one.
    while (batch.request.body.size() > provider_->most_bytes() && batch.jobs.size() > 1) {
        waiting_.put_back(cut(batch.jobs, batch.jobs.size() / 2));
        batch.request = provider_->request(batch.messages(), asking);
    }
    return batch;
}

// The request stays where it is while it is under way: libcurl reads its body from there.
void HttpTransport::begin(HttpBatch batch) {
    Flight& flight = flights_.emplace_back(Flight{std::move(batch), now()});
    auto departing = [this, &flight] {
        for (const HttpJob& job : flight.batch.jobs) departures_.departing(job.ticket);
    };
    if (++flight.batch.asked == 1) keep(flight.batch);
    try {
        flight.outgoing =
            std::make_unique<Outgoing>(flight.batch.request, limits_, clock_, departing);
    } catch (const Unavailable& fault) {
        waiting_.put_back(std::move(flight.batch.jobs));
        flights_.pop_back();
        return give_up({fault.what(), fault.hint()});
    }
    curl_multi_add_handle(multi_.get(), flight.outgoing->easy());
}

void HttpTransport::on_response(Flight flight) {
    HttpResponse response = flight.outgoing->take_response();
    HttpBatch& batch = flight.batch;
    const Milliseconds pause = provider_->pause_after(response, clock_.now());
    std::vector<ProviderAnswer> answers = read_answers(*provider_, response, batch);
    heed(flight, answers, pause);
    const bool settled = settles(answers, response.status, batch.uncertain);
    const bool hopeless = !settled && is_hopeless(flight);
    if (settled || provider_->remembers() == Milliseconds(0)) {
        answered_.push_back(batch.key);
        add(ends_of(batch, answers, pause, clock_.now()));
    } else {
        batch.answers = std::move(answers);
        on_doubt(std::move(batch));
    }
    if (hopeless) {
        give_up(unclear(flight.outgoing->server(),
                        "it answered with HTTP status " + std::to_string(response.status)));
    }
    // After the ends, which tell the caller of the pause.
    if (restraint_.long_pause(now())) recall();
}

// Of a request that is asked again, too: what stays open is for the next run to ask about.
bool HttpTransport::is_hopeless(const Flight& flight) {
    return restraint_.doubtful(flight.begun, now());
}

void HttpTransport::heed(const Flight& flight, const std::vector<ProviderAnswer>& answers,
                         Milliseconds pause) {
    restraint_.answered(pause, now());
    if (has(answers, ProviderVerdict::kThrottled) || has(answers, ProviderVerdict::kLater)) {
        restraint_.throttled(flight.begun, pause, now());
    } else if (!has(answers, ProviderVerdict::kUnclear)) {
        restraint_.went_well();
    }
}

void HttpTransport::on_failure(Flight flight, CURLcode code, const std::string& why) {
    log_debug("a request failed: " + why);
    const std::string server = flight.outgoing->server();
    if (flight.outgoing->departed()) {
        const bool hopeless = is_hopeless(flight);
        flight.batch.error = why;
        on_doubt(std::move(flight.batch));
        if (hopeless) give_up(unclear(server, why));
        return;
    }
    const bool unusable = restraint_.failed(flight.begun, now()) || tocsin::is_hopeless(code);
    // At once: its messages may go with another request, and then nobody must ask for this one.
    if (outstanding_ && !flight.batch.uncertain) outstanding_->forget(flight.batch.key);
    if (unusable && !flight.batch.uncertain) {
        waiting_.put_back(std::move(flight.batch.jobs));
    } else {
        on_lost(std::move(flight.batch), why);
    }
    if (unusable) give_up(unreachable(code, server, why));
}

// Nothing of it was taken for whole: its messages wait for another request, but not for ever.
void HttpTransport::on_lost(HttpBatch batch, const std::string& why) {
    if (batch.uncertain) return on_doubt(std::move(batch));
    auto lost = std::stable_partition(batch.jobs.begin(), batch.jobs.end(), [&](HttpJob& job) {
        return ++job.losses < limits_.most_losses;
    });
    for (; lost != batch.jobs.end(); lost = batch.jobs.erase(lost)) {
        events_.emplace_back(Finished{
            lost->ticket, {Phase::kConnect, std::nullopt, why, batch.started, clock_.now()}});
    }
    waiting_.put_back(std::move(batch.jobs));
}

// Only the provider knows: it is asked again where it can tell.
void HttpTransport::on_doubt(HttpBatch batch) {
    batch.uncertain = true;
    const auto asked = static_cast<std::size_t>(batch.asked);
    const bool waits = restraint_.long_pause(now());
    if (provider_->remembers() > Milliseconds(0) && asked <= limits_.ask_again.size() && !waits) {
        batch.not_before = std::max(now() + limits_.ask_again[asked - 1], restraint_.not_before());
        if (batch.not_before - batch.first_asked < provider_->remembers()) {
            again_.push_back(std::move(batch));
            return;
        }
    }
    add(doubts_of(batch, clock_.now()));
}

// What had not left comes back; what has, is waited for.
void HttpTransport::give_up(Unusable why) {
    restraint_.start_anew();
    return_waiting();
    events_.emplace_back(std::move(why));
}

}  // namespace tocsin
