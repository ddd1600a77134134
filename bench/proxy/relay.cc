#include "proxy/relay.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <string>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <utility>

#include "support/loopback.h"

namespace tocsin::bench {
namespace {

constexpr std::uint64_t kListener = 0, kSignals = 1;  // as ends of a pair 0, which there is not
constexpr std::size_t kBufferSize = 256 << 10;
constexpr std::int64_t kSecond = 1'000'000'000;

std::uint64_t event_id(std::uint64_t pair, std::size_t end) {
    return pair * 2 + end;
}

}  // namespace

Relay::Relay(std::uint16_t server, std::int64_t round_trip_ns)
    : server_(server),
      delay_ns_(round_trip_ns / 2),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      listener_(listen_on_loopback()),
      signals_(watch_signals()),
      buffer_(kBufferSize) {
    control(epoll_, EPOLL_CTL_ADD, listener_.get(), EPOLLIN, kListener);
    control(epoll_, EPOLL_CTL_ADD, signals_.get(), EPOLLIN, kSignals);
}

std::uint16_t Relay::port() const {
    return port_of(listener_);
}

void Relay::run() {
    std::array<epoll_event, 64> ready;
    for (;;) {
        timespec most = wait_time();
        int count = epoll_pwait2(epoll_.get(), ready.data(), ready.size(),
                                 due_.empty() ? nullptr : &most, nullptr);
        for (int i = 0; i < count; ++i) {
            const epoll_event& event = ready[static_cast<std::size_t>(i)];
            if (event.data.u64 == kSignals) return;
            if (event.data.u64 == kListener) {
                accept_all();
            } else {
                on_ready(event.data.u64, event.events);
            }
        }
        pump_due();
    }
}

void Relay::accept_all() {
    while (Descriptor client = accept_from(listener_)) {
        std::uint64_t id = next_id_++;
        Pair& pair = pairs_[id];
        pair.ends = {std::move(client), connect_to_loopback(server_)};
        for (std::size_t end : {0, 1}) {
            control(epoll_, EPOLL_CTL_ADD, pair.ends[end].get(), 0, event_id(id, end));
        }
        watch(id, pair);
    }
}

void Relay::on_ready(std::uint64_t id, std::uint32_t what) {
    std::size_t end = id % 2;
    auto found = pairs_.find(id / 2);
    if (found == pairs_.end()) return;
    bool alive = (what & EPOLLERR) == 0;
    if (alive && (what & (EPOLLIN | EPOLLHUP)) != 0) alive = read(id / 2, found->second, end);
    if (!alive) {
        pairs_.erase(found);
        return;
    }
    if ((what & EPOLLOUT) != 0) pump(id / 2, 1 - end);
    if (auto still = pairs_.find(id / 2); still != pairs_.end()) watch(id / 2, still->second);
}

bool Relay::read(std::uint64_t id, Pair& pair, std::size_t end) {
    if (pair.read_out[end]) return false;  // hung up on both sides
    ssize_t size = recv(pair.ends[end].get(), buffer_.data(), buffer_.size(), 0);
    if (size < 0) return errno == EAGAIN || errno == EINTR;
    std::int64_t due = monotonic_ns() + delay_ns_;
    pair.read_out[end] = size == 0;
    pair.directions[end].hold({buffer_.data(), static_cast<std::size_t>(size)}, due);
    due_.push_back({due, id, end});
    return true;
}

void Relay::pump(std::uint64_t id, std::size_t direction) {
    using State = Direction::State;
    auto found = pairs_.find(id);
    if (found == pairs_.end()) return;
    Pair& pair = found->second;
    pair.states[direction] =
        pair.directions[direction].pump(pair.ends[1 - direction].get(), monotonic_ns());
    bool both_ended = pair.states[0] == State::kEnded && pair.states[1] == State::kEnded;
    if (both_ended || pair.states[direction] == State::kBroken) {
        pairs_.erase(found);
    } else {
        watch(id, pair);
    }
}

void Relay::watch(std::uint64_t id, Pair& pair) {
    for (std::size_t end : {0, 1}) {
        bool reading = !pair.read_out[end] && !pair.directions[end].full();
        bool writing = pair.states[1 - end] == Direction::State::kBlocked;
        std::uint32_t what = (reading ? EPOLLIN : 0u) | (writing ? EPOLLOUT : 0u);
        if (what == pair.watched[end]) continue;
        control(epoll_, EPOLL_CTL_MOD, pair.ends[end].get(), what, event_id(id, end));
        pair.watched[end] = what;
    }
}

void Relay::pump_due() {
    while (!due_.empty() && due_.front().time_ns <= monotonic_ns()) {
        Due next = due_.front();
        due_.pop_front();
        pump(next.pair, next.direction);
    }
}

timespec Relay::wait_time() const {
    std::int64_t left = due_.empty() ? 0 : due_.front().time_ns - monotonic_ns();
    left = std::max<std::int64_t>(left, 0);
    return {.tv_sec = left / kSecond, .tv_nsec = left % kSecond};
}

}  // namespace tocsin::bench
