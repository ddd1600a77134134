// Passes TCP connections on to a port of this machine, each direction later by half of a round
// trip.
//
// One thread, epoll with a timeout in nanoseconds. The handshake itself is not delayed: that is one
// round trip less than over a real distance, once a connection.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

#include "base/descriptor.h"
#include "proxy/direction.h"

namespace tocsin::bench {

class Relay {
  public:
    Relay(std::uint16_t server, std::int64_t round_trip_ns);

    std::uint16_t port() const;
    // Until SIGTERM or SIGINT.
    void run();

  private:
    // Direction n leads from end n to the other one.
    struct Pair {
        std::array<Descriptor, 2> ends;
        std::array<Direction, 2> directions;
        std::array<Direction::State, 2> states{};
        std::array<bool, 2> read_out{};  // the end has closed its side
        std::array<std::uint32_t, 2> watched{};
    };
    struct Due {
        std::int64_t time_ns;
        std::uint64_t pair;
        std::size_t direction;
    };

    void accept_all();
    void on_ready(std::uint64_t id, std::uint32_t what);
    bool read(std::uint64_t id, Pair& pair, std::size_t end);
    // Writes what is due in this direction; removes the pair when it is done or broken.
    void pump(std::uint64_t id, std::size_t direction);
    void watch(std::uint64_t id, Pair& pair);
    void pump_due();
    timespec wait_time() const;

    const std::uint16_t server_;
    const std::int64_t delay_ns_;
    Descriptor epoll_, listener_, signals_;
    std::uint64_t next_id_ = 1;
    std::unordered_map<std::uint64_t, Pair> pairs_;
    std::deque<Due> due_;  // the delay is the same for all: first in, first out
    std::vector<char> buffer_;
};

}  // namespace tocsin::bench
