// Whether messages may overlap on the connections to one server: the commands of the next message
// before the answer to the end of data. RFC 2920 allows it, and few clients do it, so servers may
// get it wrong: it is tried on one connection first, and given up for good where that one dies of
// it. Pure.
#pragma once

#include "transport/smtp/dialogue.h"

namespace tocsin {

class Overlap {
  public:
    // To be asked of each new connection, and after each `learn`: may messages overlap on it?
    Dialogue::MayOverlap may(const Dialogue& dialogue);
    // What a connection has shown. True where the answer of `may` can be another one now.
    bool learn(const Dialogue& dialogue);

  private:
    enum class State { kUntried, kProved, kBroken } state_ = State::kUntried;
    const Dialogue* trying_ = nullptr;  // the one that may; compared only
};

}  // namespace tocsin
