// What becomes of a mail that is in doubt, and what says so.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

namespace tocsin {

// The numbers are stored in ledgers: append, never renumber.
enum class Resolution {
    kHold = 0,    // stays in doubt
    kResend = 1,  // the next send mails it again
    kAccept = 2,  // counts as accepted
    kReject = 3,  // counts as rejected: the provider was asked again
};
std::string_view name(Resolution resolution);

struct ResolutionRecord {
    Resolution resolution = Resolution::kHold;
    std::string source;    // "command line", "relay log /var/log/mail.log"
    std::string evidence;  // what was found, or empty
    WallTime time{};
};

}  // namespace tocsin
