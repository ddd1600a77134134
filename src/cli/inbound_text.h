// What `tocsin inbound` prints.
#pragma once

#include <optional>
#include <string>

#include "inbound/intake.h"

namespace tocsin {

// One mail as one line of JSON, with its line end.
std::string json_line(const ReceivedMail& mail, const Report& report,
                      const std::optional<Subject>& subject);

// "12 mails: 9 bounces (7 hard, 2 soft), 1 complaint, 2 not understood\n…", for people.
std::string summary_of(const IntakeCounts& counts, bool dry_run);

}  // namespace tocsin
