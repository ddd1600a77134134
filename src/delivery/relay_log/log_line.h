// One line of a mail log, taken apart: when, which program, what it says. Known forms, told apart
// line by line:
//
//   Nov 24 06:27:32 relay postfix/qmgr[32557]: TEXT                    syslog, journalctl
//   2026-11-24T06:27:32.123456+00:00 relay postfix/qmgr[32557]: TEXT   rsyslog, journalctl
//   2026-11-24 06:27:32.123 +0000 [4711] TEXT                          Exim's own mainlog
#pragma once

#include <optional>
#include <string_view>

#include "base/clock.h"

namespace tocsin {

struct LogLine {
    std::string_view stamp;    // as written, for `log_time`
    std::string_view program;  // "postfix/qmgr", "smtpd"; "exim" for its own log
    std::string_view text;
};

// Nothing for a line of another form.
std::optional<LogLine> parse_log_line(std::string_view line);

// A stamp without a zone is of this machine's; one without a year is the latest that is not later
// than a day after `now`.
std::optional<WallTime> log_time(std::string_view stamp, WallTime now);

}  // namespace tocsin
