#include "support/loopback.h"

#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <system_error>

namespace tocsin::bench {
namespace {

[[noreturn]] void fail(const char* what) {
    throw std::system_error(errno, std::generic_category(), what);
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

const sockaddr* plain(const sockaddr_in& address) {
    return reinterpret_cast<const sockaddr*>(&address);
}

void send_at_once(int socket) {
    int yes = 1;
    if (setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes) != 0) fail("setsockopt");
}

Descriptor new_socket() {
    Descriptor made(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
    if (!made) fail("socket");
    return made;
}

}  // namespace

Descriptor listen_on_loopback() {
    Descriptor listener = new_socket();
    sockaddr_in address = loopback(0);
    if (bind(listener.get(), plain(address), sizeof address) != 0) fail("bind");
    if (listen(listener.get(), SOMAXCONN) != 0) fail("listen");
    return listener;
}

std::uint16_t port_of(const Descriptor& listener) {
    sockaddr_in address{};
    socklen_t size = sizeof address;
    if (getsockname(listener.get(), reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        fail("getsockname");
    }
    return ntohs(address.sin_port);
}

Descriptor accept_from(const Descriptor& listener) {
    Descriptor client(accept4(listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (client) send_at_once(client.get());
    return client;
}

Descriptor connect_to_loopback(std::uint16_t port) {
    Descriptor made = new_socket();
    send_at_once(made.get());
    sockaddr_in address = loopback(port);
    if (connect(made.get(), plain(address), sizeof address) != 0 && errno != EINPROGRESS) {
        fail("connect");
    }
    return made;
}

Descriptor watch_signals() {
    sigset_t wanted;
    sigemptyset(&wanted);
    for (int signal : {SIGTERM, SIGINT, SIGUSR1}) sigaddset(&wanted, signal);
    if (sigprocmask(SIG_BLOCK, &wanted, nullptr) != 0) fail("sigprocmask");
    std::signal(SIGPIPE, SIG_IGN);
    Descriptor signals(signalfd(-1, &wanted, SFD_CLOEXEC));
    if (!signals) fail("signalfd");
    return signals;
}

int next_signal(const Descriptor& signals) {
    signalfd_siginfo info;
    if (read(signals.get(), &info, sizeof info) != sizeof info) fail("signalfd");
    return static_cast<int>(info.ssi_signo);
}

void control(const Descriptor& epoll, int operation, int socket, std::uint32_t what,
             std::uint64_t id) {
    epoll_event event{.events = what, .data = {.u64 = id}};
    if (epoll_ctl(epoll.get(), operation, socket, &event) != 0) fail("epoll_ctl");
}

std::int64_t monotonic_ns() {
    timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * std::int64_t{1'000'000'000} + now.tv_nsec;
}

void announce(std::uint16_t port) {
    std::printf("%u\n", static_cast<unsigned>(port));
    std::fflush(stdout);
}

std::string option(int count, char** arguments, const std::string& name,
                   const std::string& otherwise) {
    for (int i = 1; i + 1 < count; i += 2) {
        if (arguments[i] == name) return arguments[i + 1];
    }
    return otherwise;
}

}  // namespace tocsin::bench
