// What people have just chosen, and by which link: a button that is pressed twice, or a provider
// that posts one click again and again, need not be written each time.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "unsubscribe/leaving.h"

namespace tocsin {

class RecentChoices {
  public:
    // Whether this person chose the same by the same link within five minutes, and has taken
    // nothing back since. Never of an undo.
    bool repeats(const Leaving& leaving) const;
    void note(const Leaving& leaving);

  private:
    struct Said {
        std::string token;
        Choice choice;
        WallTime time;
    };
    void forget_old(WallTime now);

    std::map<std::string, std::vector<Said>> said_;  // by the hash of the address
    std::size_t sweep_at_ = 1024;
};

}  // namespace tocsin
