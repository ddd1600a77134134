// The program's own log, on stderr: what it does, never whom it mails. Diagnostics for the user
// go through base/diagnostic.h, results to stdout.
//
// Callers pass no address, no merge data and no secret; `redacted` is for texts of servers and
// libraries, which may quote them.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

enum class LogLevel { kQuiet, kNormal, kVerbose };

void set_log_level(LogLevel level);
// Stands before each line from now on: what clears a line that stays on the terminal.
void set_log_line_start(std::string_view text);

void log_debug(std::string_view text);
void log_info(std::string_view text);
void log_warning(std::string_view text);

// Replaces what looks like a mail address by `<address>`, the user part of a URL's authority and
// the rest of a line after `AUTH` or `Authorization:` by `…`.
std::string redacted(std::string_view text);

}  // namespace tocsin
