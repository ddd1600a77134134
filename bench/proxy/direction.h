// One direction of a relayed connection: bytes that were read and may not leave yet.
//
// Each chunk has a time of its own, so that a delay costs no throughput.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>

namespace tocsin::bench {

class Direction {
  public:
    enum class State {
        kOpen,     // all that is due has been written
        kBlocked,  // the socket takes no more for now
        kEnded,    // the end has been passed on
        kBroken,   // the socket failed
    };

    // Far above what 20 ms hold at the speed of one connection; beyond it the sender has to wait.
    static constexpr std::size_t kMost = 8 << 20;

    // Keeps bytes until `due` (CLOCK_MONOTONIC). No bytes stand for the end of the stream.
    void hold(std::string bytes, std::int64_t due);
    bool full() const { return held_ >= kMost; }

    // Writes what is due to the socket.
    State pump(int socket, std::int64_t now);

  private:
    struct Chunk {
        std::string bytes;
        std::int64_t due;
    };

    State write_front(int socket);

    std::deque<Chunk> chunks_;
    std::size_t sent_ = 0;  // bytes of the first chunk
    std::size_t held_ = 0;
    bool ended_ = false;
};

}  // namespace tocsin::bench
