// When to connect again, and when to call a server unusable. Pure.
//
// Failures count in a row: a MAIL that the server answers on a new connection ends the row. While
// other connections live a failure only says that the server may allow fewer than we are told to
// open: for some seconds no more than those are held, and what ends of them is replaced.
#pragma once

#include <cstddef>

#include "base/clock.h"
#include "transport/smtp/connect_failure.h"

namespace tocsin {

class Reconnection {
  public:
    static constexpr int kMostFailures = 5;       // in a run that got mail through
    static constexpr int kMostFirstFailures = 3;  // before that

    // `live`: connections that stand, with this one.
    void connected(std::size_t live);
    void proved();
    // True: give up. `live`: connections that stand.
    bool failed(ConnectFailure::Kind kind, std::size_t live, Milliseconds now);

    // One try at a time: nothing has connected yet, so that a wrong password is tried once, or the
    // last try failed.
    bool careful() const { return !connected_ || failures_ > 0; }
    // No try before this time since boot. The first comes at once, later ones after 1, 2, 4 s.
    Milliseconds not_before() const { return not_before_; }
    // How many connections to hold, of so many as agreed.
    std::size_t most(std::size_t agreed, Milliseconds now) const;
    // After giving up: what is submitted later has a new chance.
    void start_anew();

  private:
    bool connected_ = false;
    bool proved_ = false;
    int failures_ = 0;
    Milliseconds not_before_{};
    std::size_t allowed_ = 0;  // by the server, as it seems
    Milliseconds crowded_until_{};
};

}  // namespace tocsin
