// What `tocsin resolve` says.
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "delivery/doubts.h"
#include "model/resolution.h"

namespace tocsin {

struct Resolved {
    std::string address;
    Resolution resolution = Resolution::kHold;
    std::string evidence;
};

struct ResolveReport {
    MailingKey mailing;
    std::vector<Resolved> resolved;
    std::vector<Doubt> left;  // still in doubt
    bool searched = false;    // in logs
};

// Prints it, as JSON where that was asked for, and says which exit code it is.
ExitCode report_resolve(Invocation& invocation, const ResolveReport& report);

}  // namespace tocsin
