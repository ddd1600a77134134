// Who has left what, in memory: what `serve --standalone` knows without a ledger. A person is the
// hash of an address, so that it holds for every mail to it, whatever its row. About 70 bytes for
// each thing that somebody has left.
#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include "unsubscribe/leaving.h"

namespace tocsin {

class LeaveIndex {
  public:
    void apply(const UnsubscribeToken& token, Choice choice, WallTime time);
    // Names no list: only the ledger knows that. Pauses that are over by `now` are left out.
    Standing standing(const UnsubscribeToken& token, WallTime now) const;

  private:
    // Of a list number, 0 for everything, or kPause.
    using Key = std::pair<std::uint64_t, std::uint32_t>;
    static Key key(const UnsubscribeToken& token, std::uint32_t what);
    WallTime until(const UnsubscribeToken& token, std::uint32_t what) const;

    std::map<Key, WallTime> left_;  // until when
};

}  // namespace tocsin
