// Who must not be mailed, and why.
#pragma once

#include <string>

#include "base/clock.h"

namespace tocsin {

// The scope of an entry that holds for every list.
inline constexpr char kEverything[] = "all";

struct Suppression {
    std::string address;  // Mailbox::key()
    std::string scope;    // a list's name, or kEverything
    std::string reason;   // "unsubscribe", "bounce", "complaint", "manual", "import", …
    std::string source;   // "command line", "file lists/suppressed.csv", …
    WallTime time{};
    std::string campaign;  // the id, or empty
};

}  // namespace tocsin
