// The connections of a server, each with one request. Who takes too long to send a request or to
// read its answer is cut off; where there are many, the slowest make room for newer ones, so that
// those who send a byte a second lock nobody out.
//
// The library's own time-out is one of inactivity, which a dripping client never meets. A
// connection is cut off by shutting its socket down, which its owner sees as the end of input.
#pragma once

#include <chrono>
#include <cstdint>
#include <list>
#include <mutex>

namespace tocsin {

class ConnectionTable {
  public:
    using Clock = std::chrono::steady_clock;
    struct Entry;

    // `most` connections that are not being cut off; `patience` for a request, and again for
    // its answer.
    ConnectionTable(std::size_t most, Clock::duration patience)
        : most_(most), patience_(patience) {}

    // The socket stays open until `close` has returned. May cut the slowest other one off.
    Entry* open(int socket, Clock::time_point now);
    // Its request is whole, and whoever answers it takes the time that it needs.
    void work(Entry* entry);
    // Its answer is on the way.
    void answer(Entry* entry, Clock::time_point now);
    void close(Entry* entry);
    // Cuts off who took too long.
    void tick(Clock::time_point now);

    struct Counts {
        std::size_t open = 0;
        std::size_t at_work = 0;
        std::size_t answering = 0;
        std::uint64_t overdue = 0;
        std::uint64_t crowded = 0;
    };
    Counts counts() const;

  private:
    using Entries = std::list<Entry>;
    void move(Entry* entry, Entries& to);
    void cut_off(Entry& entry);

    std::size_t most_;
    Clock::duration patience_;
    mutable std::mutex mutex_;
    Entries slow_;  // that we wait for, longest first
    Entries at_work_;
    Entries cut_off_;
    std::size_t answering_ = 0;
    std::uint64_t overdue_ = 0, crowded_ = 0;
};

struct ConnectionTable::Entry {
    int socket = -1;
    Clock::time_point since{};
    bool is_answering = false;
    Entries* list = nullptr;
    Entries::iterator place{};
};

}  // namespace tocsin
