// Sockets on 127.0.0.1, and numbers from a command line: what the programs of the benchmark share.
//
// All sockets are non-blocking and send small replies at once (TCP_NODELAY). Errors are
// std::system_error, which ends these programs.
#pragma once

#include <cstdint>
#include <string>

#include "base/descriptor.h"

namespace tocsin::bench {

// Listens on a free port of 127.0.0.1.
Descriptor listen_on_loopback();
std::uint16_t port_of(const Descriptor& listener);

// The next client, or an empty descriptor where none waits.
Descriptor accept_from(const Descriptor& listener);

// Begins to connect; the socket becomes writable when that is done.
Descriptor connect_to_loopback(std::uint16_t port);

// Readable when SIGTERM, SIGINT or SIGUSR1 has come; they do nothing else any more.
Descriptor watch_signals();
int next_signal(const Descriptor& signals);

// epoll_ctl: `operation` is EPOLL_CTL_ADD or EPOLL_CTL_MOD, `what` EPOLLIN and EPOLLOUT; `id` comes
// back with events.
void control(const Descriptor& epoll, int operation, int socket, std::uint32_t what,
             std::uint64_t id);

// CLOCK_MONOTONIC, which all processes of a machine share.
std::int64_t monotonic_ns();

// Prints the port as the program's first line, so that who started it knows where to connect.
void announce(std::uint16_t port);

// The value behind `name` in the arguments, or what is given for its absence.
std::string option(int count, char** arguments, const std::string& name,
                   const std::string& otherwise);

}  // namespace tocsin::bench
