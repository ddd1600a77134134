// Politeness: so many requests at once to one host, and none to a host that gave no sign of life.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "transport/http/visit.h"

namespace tocsin {

// Thread-safe.
class HostGate {
  public:
    static constexpr int kMostTroubles = 2;

    explicit HostGate(int at_once) : at_once_(at_once) {}

    // Runs `ask` when there is room for `host`. Where two requests to it have come to nothing (no
    // connection, time-out, "too many requests"), gives what was said last without asking.
    Visit pass(const std::string& host, const std::function<Visit()>& ask);

  private:
    struct Host {
        int under_way = 0;
        int troubles = 0;
        Visit last_trouble{};
    };
    bool enter(const std::string& host);
    void leave(const std::string& host, const Visit& page);

    const int at_once_;
    std::mutex mutex_;
    std::condition_variable room_;
    std::map<std::string, Host> hosts_;
};

}  // namespace tocsin
