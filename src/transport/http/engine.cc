#include "transport/http/engine.h"

#include <algorithm>
#include <utility>

#include "transport/http/answering.h"
#include "transport/http/exchange.h"

namespace tocsin {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr Milliseconds kLongestWait = std::chrono::minutes(1);
// For questions that carry no mail.
constexpr ExchangeLimits kQuestion{.timeout = std::chrono::seconds(30)};

std::size_t at_least_one(std::size_t number) {
    return std::max<std::size_t>(1, number);
}

BatchBounds bounds(const Provider& provider, const HttpSettings& settings) {
    const std::size_t most = std::min(provider.most_messages(), settings.batch);
    // Who sends them one by one need not wait for another.
    const Milliseconds linger = most > 1 ? settings.limits.linger : Milliseconds(0);
    return {at_least_one(most), provider.most_bytes(), linger};
}

std::size_t capacity(const Provider& provider, const HttpSettings& settings) {
    const std::size_t batch = bounds(provider, settings).messages;
    const std::size_t twice = 2 * at_least_one(settings.connections) * batch;
    return std::max(batch, std::min(twice, settings.limits.most_under_way));
}

Milliseconds left_until(SteadyClock::time_point time) {
    return std::max(std::chrono::ceil<Milliseconds>(time - SteadyClock::now()), Milliseconds(0));
}

}  // namespace

// One stream a connection, in HTTP/2 too: docs/decisions.md.
HttpTransport::HttpTransport(std::unique_ptr<Provider> provider, const HttpSettings& settings,
                             const Clock& clock, Departures& departures)
    : provider_(std::move(provider)),
      limits_(settings.limits),
      connections_(at_least_one(settings.connections)),
      capacity_(tocsin::capacity(*provider_, settings)),
      clock_(clock),
      departures_(departures),
      multi_(make_curl_multi()),
      waiting_(bounds(*provider_, settings)),
      restraint_(connections_, settings.limits) {
    const bool remembers = provider_->remembers() > Milliseconds(0);
    if (remembers && !settings.outstanding.empty()) outstanding_.emplace(settings.outstanding);
    curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(connections_));
}

HttpTransport::~HttpTransport() {
    for (const Flight& one : flights_) {
        curl_multi_remove_handle(multi_.get(), one.outgoing->easy());
    }
}

std::size_t HttpTransport::under_way() const {
    std::size_t carried = 0;
    for (const Flight& one : flights_) carried += one.batch.jobs.size();
    for (const HttpBatch& one : again_) carried += one.jobs.size();
    return waiting_.size() + carried;
}

// None in a pause, however short: what was let go at its pace meanwhile would leave at its end, all
// at once.
std::size_t HttpTransport::room() const {
    if (now() < restraint_.not_before()) return 0;
    return capacity_ - std::min(capacity_, under_way());
}

bool HttpTransport::idle() const {
    return events_.empty() && under_way() == 0;
}

// A message that the provider cannot take is refused without a request.
void HttpTransport::submit(Ticket ticket, Message message) {
    std::string fault = provider_->fault(message);
    if (fault.empty()) {
        const bool alone = provider_->alone(message);
        return waiting_.add(ticket, std::move(message), alone);
    }
    const WallTime time = clock_.now();
    events_.emplace_back(
        Finished{ticket, {Phase::kMail, std::nullopt, std::move(fault), time, time}});
}

void HttpTransport::withdraw(Ticket ticket) {
    if (waiting_.withdraw(ticket)) events_.emplace_back(Returned{ticket});
}

// A question that is to be asked again has not begun again; what it asked for stays in doubt.
void HttpTransport::recall() {
    return_waiting();
    for (const HttpBatch& one : std::exchange(again_, {})) add(doubts_of(one, clock_.now()));
}

void HttpTransport::return_waiting() {
    for (Ticket ticket : waiting_.recall()) events_.emplace_back(Returned{ticket});
}

void HttpTransport::add(std::vector<Finished> ends) {
    std::move(ends.begin(), ends.end(), std::back_inserter(events_));
}

// What was answered goes to the caller before anything more leaves.
std::vector<TransportEvent> HttpTransport::poll(Milliseconds most) {
    const auto until = SteadyClock::now() + most;
    if (events_.empty()) forget_answered();
    if (events_.empty()) begin_due();
    turn();
    while (events_.empty() && !woken_ && SteadyClock::now() < until) {
        wait(left_until(until));
        turn();
        if (!events_.empty()) break;
        begin_due();
    }
    woken_ = false;
    return std::exchange(events_, {});
}

void HttpTransport::wake() {
    woken_ = true;
    curl_multi_wakeup(multi_.get());
}

void HttpTransport::wait(Milliseconds most) {
    const auto time = static_cast<int>(std::min(most, due_in()).count());
    curl_multi_poll(multi_.get(), nullptr, 0, time, nullptr);
}

// When something is to be done that libcurl does not know of.
Milliseconds HttpTransport::due_in() const {
    Milliseconds due = kLongestWait + now();
    for (const Flight& one : flights_) {
        due = std::min(due, one.outgoing->moved() + limits_.answer);
    }
    if (flights_.size() < restraint_.allowed()) {
        for (const HttpBatch& one : again_) {
            due = std::min(due, std::max(one.not_before, restraint_.not_before()));
        }
        const bool free = flights_.size() + again_.size() < restraint_.allowed();
        if (auto next = waiting_.due(); next && free) {
            due = std::min(due, std::max(*next, restraint_.not_before()));
        }
    }
    return std::max(due - now(), Milliseconds(0));
}

void HttpTransport::turn() {
    int running = 0;
    curl_multi_perform(multi_.get(), &running);
    take_ended();
    take_late();
}

void HttpTransport::take_ended() {
    int left = 0;
    while (CURLMsg* ended = curl_multi_info_read(multi_.get(), &left)) {
        const CURLcode code = ended->data.result;
        Flight flight = land(find(ended->easy_handle));
        if (code == CURLE_OK) {
            on_response(std::move(flight));
        } else {
            std::string why = flight.outgoing->why(code);
            on_failure(std::move(flight), code, why);
        }
    }
}

void HttpTransport::take_late() {
    for (auto one = flights_.begin(); one != flights_.end();) {
        auto flight = one++;
        if (now() < flight->outgoing->moved() + limits_.answer) continue;
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(limits_.answer).count();
        on_failure(land(flight), CURLE_OPERATION_TIMEDOUT,
                   "timed out after " + std::to_string(seconds) + " s");
    }
}

HttpTransport::Flights::iterator HttpTransport::find(CURL* easy) {
    return std::find_if(flights_.begin(), flights_.end(),
                        [&](const Flight& one) { return one.outgoing->easy() == easy; });
}

HttpTransport::Flight HttpTransport::land(Flights::iterator flight) {
    curl_multi_remove_handle(multi_.get(), flight->outgoing->easy());
    Flight landed = std::move(*flight);
    flights_.erase(flight);
    return landed;
}

void HttpTransport::probe() {
    provider_->probe([](const HttpRequest& request) { return exchange(request, kQuestion); });
}

Rates HttpTransport::allowance() {
    return provider_->allowance(
        [](const HttpRequest& request) { return exchange(request, kQuestion); });
}

}  // namespace tocsin
