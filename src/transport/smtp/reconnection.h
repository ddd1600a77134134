// When to connect again, and when to call a server unusable. Pure.
//
// Failures count in a row: a MAIL that the server answers on a new connection ends the row. While
// another connection lives a failure is only a pause: the server may allow fewer than we are told
// to open.
#pragma once

#include "base/clock.h"
#include "transport/smtp/connect_failure.h"

namespace tocsin {

class Reconnection {
  public:
    static constexpr int kMostFailures = 5;       // in a run that got mail through
    static constexpr int kMostFirstFailures = 3;  // before that

    void connected() { connected_ = true; }
    void proved();
    // True: give up.
    bool failed(ConnectFailure::Kind kind, bool others_live, Milliseconds now);

    // One try at a time: nothing has connected yet, so that a wrong password is tried once, or the
    // last try failed.
    bool careful() const { return !connected_ || failures_ > 0; }
    // No try before this time since boot. The first comes at once, later ones after 1, 2, 4 s.
    Milliseconds not_before() const { return not_before_; }
    // After giving up: what is submitted later has a new chance.
    void start_anew();

  private:
    bool connected_ = false;
    bool proved_ = false;
    int failures_ = 0;
    Milliseconds not_before_{};
};

}  // namespace tocsin
