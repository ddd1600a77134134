#include "transport/smtp/pool.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/error.h"
#include "base/log.h"

namespace tocsin {
namespace {

using SteadyClock = std::chrono::steady_clock;

constexpr Milliseconds kGoodbyeTime = std::chrono::seconds(1);
constexpr Milliseconds kLongestWait = std::chrono::minutes(1);

Milliseconds left_until(SteadyClock::time_point time) {
    return std::chrono::ceil<Milliseconds>(time - SteadyClock::now());
}

}  // namespace

SmtpPool::SmtpPool(const SmtpSettings& settings, const std::string& ehlo, std::string password,
                   const Clock& clock, Departures& departures)
    : settings_(settings),
      clock_(clock),
      departures_(departures),
      connector_(settings, ehlo, std::move(password), clock) {
    epoll_.watch(connector_.descriptor(), EPOLLIN, {.ptr = nullptr});
    epoll_.watch(waker_.descriptor(), EPOLLIN, {.ptr = &waker_});
}

std::size_t SmtpPool::under_way() const {
    std::size_t carried = 0;
    for (const auto& one : connections_) carried += one->dialogue().carried();
    return waiting_.size() + carried;
}

std::size_t SmtpPool::room() const {
    std::size_t room = 0;
    for (const auto& one : connections_) room += one->dialogue().room();
    return room - std::min(room, waiting_.size());
}

bool SmtpPool::idle() const {
    return events_.empty() && under_way() == 0;
}

void SmtpPool::submit(Ticket ticket, Message message) {
    waiting_.push_back({.ticket = ticket, .message = std::move(message)});
}

void SmtpPool::permit(Ticket ticket) {
    for (auto& one : connections_) one->dialogue().permit(ticket);
    for (Job& job : waiting_) {
        if (job.ticket == ticket) job.permitted = true;
    }
}

void SmtpPool::withdraw(Ticket ticket) {
    for (auto& one : connections_) one->dialogue().withdraw(ticket);
    collect();
    std::erase_if(waiting_, [&](const Job& job) {
        bool taken_back = job.ticket == ticket && !job.permitted;
        if (taken_back) events_.emplace_back(Returned{ticket});
        return taken_back;
    });
}

void SmtpPool::recall() {
    for (auto& one : connections_) one->dialogue().recall();
    collect();
    for (const Job& job : std::exchange(waiting_, {})) events_.emplace_back(Returned{job.ticket});
}

// What was answered goes to the caller before anything more leaves: who dies in between must know
// of each connection but one mail that may have arrived.
std::vector<TransportEvent> SmtpPool::poll(Milliseconds most) {
    auto until = SteadyClock::now() + most;
    work();
    while (events_.empty() && !woken_) {
        wait(left_until(until));
        collect();
        if (!events_.empty() || SteadyClock::now() >= until) break;
        work();
    }
    woken_ = false;
    return std::exchange(events_, {});
}

// All that can be done without waiting.
void SmtpPool::work() {
    take_outcomes();
    for (auto& one : connections_) one->dialogue().check_time();
    do {
        for (auto& one : connections_) flush(*one);
        collect();
    } while (begin_waiting());
    connect_as_needed();
}

void SmtpPool::wait(Milliseconds most) {
    std::array<epoll_event, 64> ready;
    for (const epoll_event& event : epoll_.wait(ready, std::min(most, due_in()))) {
        if (event.data.ptr == &waker_) {
            waker_.sleep();
            woken_ = true;
        } else if (event.data.ptr != nullptr) {  // the connector is turned by `work` in any case
            static_cast<Connection*>(event.data.ptr)->read();
        }
    }
}

Milliseconds SmtpPool::due_in() const {
    Milliseconds due = connector_.due_in().value_or(kLongestWait);
    Milliseconds now = clock_.since_boot();
    for (const auto& one : connections_) {
        if (auto deadline = one->dialogue().deadline()) due = std::min(due, *deadline - now);
    }
    bool reconnecting = wanted_connections() > 0 && reconnection_.not_before() > now;
    return reconnecting ? std::min(due, reconnection_.not_before() - now) : due;
}

void SmtpPool::take_outcomes() {
    for (ConnectOutcome& outcome : connector_.turn()) {
        if (auto* established = std::get_if<Established>(&outcome)) {
            adopt(std::move(*established));
        } else {
            on_failure(std::get<ConnectFailure>(outcome));
        }
    }
}

void SmtpPool::adopt(Established established) {
    log_debug("connected to " + shown_server(settings_));
    connections_.push_back(
        std::make_unique<Connection>(std::move(established.link), clock_, established.capabilities,
                                     settings_.messages_per_connection, departures_));
    reconnection_.connected(connections_.size());
    Connection& connection = *connections_.back();
    connection.dialogue().let_overlap(overlap_.may(connection.dialogue()));
    epoll_.watch(connection.socket(), EPOLLIN, {.ptr = &connection});
}

void SmtpPool::on_failure(const ConnectFailure& failure) {
    log_debug("no connection: " + failure.message);
    bool hopeless = reconnection_.failed(failure.kind, connections_.size(), clock_.since_boot());
    if (hopeless) give_up(failure);
}

void SmtpPool::flush(Connection& connection) {
    bool was_blocked = connection.blocked();
    connection.flush();
    if (connection.blocked() == was_blocked || connection.dialogue().closed()) return;
    std::uint32_t wanted = connection.blocked() ? EPOLLIN | EPOLLOUT : EPOLLIN;
    epoll_.watch(connection.socket(), wanted, {.ptr = &connection});
}

// Gives waiting messages to connections that can take one, idle ones first; true if any could.
bool SmtpPool::begin_waiting() {
    bool begun = false;
    for (bool idle : {true, false}) {
        for (auto& one : connections_) {
            if (waiting_.empty()) return begun;
            Dialogue& dialogue = one->dialogue();
            if (dialogue.room() == 0 || dialogue.busy() == idle) continue;
            if (idle) one->read();  // the server may have said goodbye meanwhile
            begun = true;
            if (dialogue.room() == 0) continue;
            dialogue.begin(std::move(waiting_.front()));
            waiting_.pop_front();
        }
    }
    return begun;
}

void SmtpPool::collect() {
    std::optional<ConnectFailure> fruitless;
    bool learned = false;
    std::erase_if(connections_, [&](auto& one) {
        bool over = is_over(*one, fruitless);
        learned = overlap_.learn(one->dialogue()) || learned;
        return over;
    });
    if (learned) let_overlap();
    // Counts as one however many they were, and not at all while idle: a server ends idle sessions.
    if (fruitless && waiting_.size() + expected_ > 0) on_failure(*fruitless);
}

bool SmtpPool::is_over(Connection& connection, std::optional<ConnectFailure>& fruitless) {
    Dialogue& dialogue = connection.dialogue();
    forward(dialogue.take_events());
    if (connection.newly_proved()) reconnection_.proved();
    if (!dialogue.closed()) return false;
    epoll_.forget(connection.socket());
    if (dialogue.why_closed().empty()) return true;
    log_debug("connection closed: " + dialogue.why_closed());
    if (!dialogue.proved()) fruitless = closed_at_once(dialogue.why_closed());
    return true;
}

void SmtpPool::let_overlap() {
    for (auto& one : connections_) one->dialogue().let_overlap(overlap_.may(one->dialogue()));
}

ConnectFailure SmtpPool::closed_at_once(const std::string& why) const {
    return {ConnectFailure::Kind::kTemporary,
            shown_server(settings_) + " ends each connection before it takes a mail: " + why, ""};
}

void SmtpPool::forward(std::vector<DialogueEvent> events) {
    for (DialogueEvent& event : events) {
        if (auto* lost = std::get_if<Lost>(&event)) {
            on_lost(std::move(*lost));
        } else if (auto* finished = std::get_if<Finished>(&event)) {
            events_.emplace_back(std::move(*finished));
        } else {
            events_.emplace_back(std::get<Returned>(event));
        }
    }
}

void SmtpPool::on_lost(Lost lost) {
    if (lost.job.losses >= kMostLosses) return fail(lost.job, lost.error);
    waiting_.push_front(std::move(lost.job));
}

// One for each message that waits and that no idle connection will take.
std::size_t SmtpPool::wanted_connections() const {
    auto idle = std::count_if(connections_.begin(), connections_.end(), [](const auto& one) {
        return !one->dialogue().busy() && one->dialogue().room() > 0;
    });
    std::size_t wanted = waiting_.size() + expected_ + (probing_ ? 1 : 0);
    return wanted - std::min(wanted, static_cast<std::size_t>(idle));
}

void SmtpPool::connect_as_needed() {
    const Milliseconds now = clock_.since_boot();
    if (now < reconnection_.not_before()) return;
    std::size_t wanted = wanted_connections();
    if (reconnection_.careful()) wanted = std::min<std::size_t>(wanted, 1);
    auto most = reconnection_.most(static_cast<std::size_t>(settings_.connections), now);
    while (connector_.pending() < wanted && connections_.size() + connector_.pending() < most) {
        connector_.start();
    }
}

// What was not on its way comes back; a connection that works goes on with what it carries.
void SmtpPool::give_up(const ConnectFailure& failure) {
    connector_.abandon();
    reconnection_.start_anew();
    expected_ = 0;
    for (const Job& job : std::exchange(waiting_, {})) events_.emplace_back(Returned{job.ticket});
    events_.emplace_back(Unusable{failure.message, failure.hint});
}

void SmtpPool::fail(const Job& job, const std::string& why) {
    WallTime now = clock_.now();
    WallTime started = job.started == WallTime{} ? now : job.started;
    events_.emplace_back(Finished{job.ticket, {Phase::kConnect, std::nullopt, why, started, now}});
}

void SmtpPool::probe() {
    auto unusable = [this] {
        return std::find_if(events_.begin(), events_.end(), [](const TransportEvent& event) {
            return std::holds_alternative<Unusable>(event);
        });
    };
    probing_ = true;
    for (work(); connections_.empty() && unusable() == events_.end(); work()) wait(kLongestWait);
    probing_ = false;
    if (auto found = unusable(); found != events_.end()) {
        auto why = std::get<Unusable>(*found);
        events_.erase(found);
        throw Unavailable(why.message, why.hint);
    }
    close();
}

void SmtpPool::close() {
    connector_.abandon();
    for (auto& one : connections_) one->dialogue().quit();
    auto until = SteadyClock::now() + kGoodbyeTime;
    for (work(); !connections_.empty() && SteadyClock::now() < until; work()) {
        wait(left_until(until));
    }
    connections_.clear();
}

}  // namespace tocsin
