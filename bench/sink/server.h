// The sink's loop: one thread, epoll, a delay before the reply to each end of data if wanted.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/descriptor.h"
#include "sink/arrivals.h"
#include "sink/session.h"

namespace tocsin::bench {

struct SinkOptions {
    std::int64_t delay_ns = 0;  // from the end of data to its reply
    std::string log;            // the file of records; empty: none
};

class SinkServer {
  public:
    explicit SinkServer(SinkOptions options);

    std::uint16_t port() const;
    // Until SIGTERM or SIGINT. At the end and at each SIGUSR1 it prints a summary and writes the
    // log.
    void run();

  private:
    struct Client {
        Descriptor socket;
        SinkSession session;
        std::uint32_t watched = 0;
    };
    struct Due {
        std::int64_t time_ns;
        std::uint64_t client;
    };

    bool on_signal();
    void accept_all();
    void on_ready(std::uint64_t id, std::uint32_t what);
    bool read(Client& client, std::uint64_t id);
    // Sends what can be sent, and closes or waits for what is next.
    void flush(std::uint64_t id, Client& client);
    void watch(std::uint64_t id, Client& client, std::uint32_t what);
    void answer_due();
    int wait_ms() const;
    void report() const;

    const SinkOptions options_;
    Arrivals arrivals_;
    Descriptor epoll_, listener_, signals_;
    std::uint64_t next_id_;
    std::unordered_map<std::uint64_t, Client> clients_;
    std::deque<Due> due_;  // the delay is the same for all: first in, first out
    std::vector<char> buffer_;
};

}  // namespace tocsin::bench
