#include "sink/server.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <utility>

#include "support/loopback.h"

namespace tocsin::bench {
namespace {

constexpr std::uint64_t kListener = 0, kSignals = 1, kFirstClient = 2;
constexpr std::size_t kBufferSize = 256 << 10;
constexpr std::int64_t kMillisecond = 1'000'000;

}  // namespace

SinkServer::SinkServer(SinkOptions options)
    : options_(std::move(options)),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      listener_(listen_on_loopback()),
      signals_(watch_signals()),
      next_id_(kFirstClient),
      buffer_(kBufferSize) {
    control(epoll_, EPOLL_CTL_ADD, listener_.get(), EPOLLIN, kListener);
    control(epoll_, EPOLL_CTL_ADD, signals_.get(), EPOLLIN, kSignals);
}

std::uint16_t SinkServer::port() const {
    return port_of(listener_);
}

void SinkServer::run() {
    std::array<epoll_event, 64> ready;
    for (;;) {
        int count = epoll_wait(epoll_.get(), ready.data(), ready.size(), wait_ms());
        for (int i = 0; i < count; ++i) {
            std::uint64_t id = ready[static_cast<std::size_t>(i)].data.u64;
            if (id == kSignals && !on_signal()) return;
            if (id == kListener) accept_all();
            if (id >= kFirstClient) on_ready(id, ready[static_cast<std::size_t>(i)].events);
        }
        answer_due();
    }
}

bool SinkServer::on_signal() {
    int signal = next_signal(signals_);
    report();
    return signal == SIGUSR1;
}

void SinkServer::accept_all() {
    while (Descriptor socket = accept_from(listener_)) {
        std::uint64_t id = next_id_++;
        int number = socket.get();
        auto [place, made] = clients_.emplace(
            id, Client{std::move(socket), SinkSession(arrivals_, options_.delay_ns > 0)});
        control(epoll_, EPOLL_CTL_ADD, number, 0, id);
        arrivals_.connected();
        flush(id, place->second);
    }
}

void SinkServer::on_ready(std::uint64_t id, std::uint32_t what) {
    auto found = clients_.find(id);
    if (found == clients_.end()) return;
    bool alive = (what & EPOLLERR) == 0;
    if (alive && (what & (EPOLLIN | EPOLLHUP)) != 0) alive = read(found->second, id);
    if (alive) {
        flush(id, found->second);
    } else {
        clients_.erase(found);
    }
}

bool SinkServer::read(Client& client, std::uint64_t id) {
    ssize_t size = recv(client.socket.get(), buffer_.data(), buffer_.size(), 0);
    // Who sends a mail in pieces under Nagle's algorithm is not to wait for a confirmation that the
    // system delays by 40 ms: that would measure the system.
    const int on = 1;
    setsockopt(client.socket.get(), IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
    if (size < 0) return errno == EAGAIN || errno == EINTR;
    if (size == 0) return false;
    std::int64_t now = monotonic_ns();
    client.session.take({buffer_.data(), static_cast<std::size_t>(size)}, now);
    if (client.session.waiting()) due_.push_back({now + options_.delay_ns, id});
    return true;
}

void SinkServer::flush(std::uint64_t id, Client& client) {
    std::string& replies = client.session.replies();
    if (!replies.empty()) {
        ssize_t sent = send(client.socket.get(), replies.data(), replies.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno != EAGAIN && errno != EINTR) {
            clients_.erase(id);
            return;
        }
        replies.erase(0, static_cast<std::size_t>(std::max<ssize_t>(sent, 0)));
    }
    if (replies.empty() && client.session.ended()) {
        clients_.erase(id);
        return;
    }
    std::uint32_t reading = client.session.waiting() || client.session.ended() ? 0u : EPOLLIN;
    watch(id, client, reading | (replies.empty() ? 0u : EPOLLOUT));
}

void SinkServer::watch(std::uint64_t id, Client& client, std::uint32_t what) {
    if (client.watched == what) return;
    control(epoll_, EPOLL_CTL_MOD, client.socket.get(), what, id);
    client.watched = what;
}

void SinkServer::answer_due() {
    while (!due_.empty() && due_.front().time_ns <= monotonic_ns()) {
        std::uint64_t id = due_.front().client;
        due_.pop_front();
        auto found = clients_.find(id);
        if (found == clients_.end()) continue;
        std::int64_t now = monotonic_ns();
        found->second.session.answer_end(now);
        if (found->second.session.waiting()) due_.push_back({now + options_.delay_ns, id});
        flush(id, found->second);
    }
}

int SinkServer::wait_ms() const {
    if (due_.empty()) return -1;
    std::int64_t left = due_.front().time_ns - monotonic_ns();
    return static_cast<int>(std::max<std::int64_t>(0, (left + kMillisecond - 1) / kMillisecond));
}

void SinkServer::report() const {
    if (!options_.log.empty()) arrivals_.write_log(options_.log);
    std::printf("%s\n", arrivals_.summary().c_str());
    std::fflush(stdout);
}

}  // namespace tocsin::bench
