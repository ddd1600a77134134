// The state of a search through relays' logs, and one reader for each program. Private to
// relay_log/.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "delivery/relay_log/log_line.h"
#include "delivery/relay_log/relay_log.h"

namespace tocsin {

struct RelaySearch {
    WallTime now{};
    std::vector<SoughtMail> sought;
    std::vector<RelayTrace> traces;
    std::unordered_map<std::string, std::size_t> by_message_id;
    std::unordered_map<std::string, std::size_t> by_recipient;
    // Mails of ours that a relay handles now, by its id for them.
    std::unordered_map<std::string, std::size_t> queued;
    std::string first_stamp, last_stamp;  // of this file

    // The relay has it: the first log line that says so counts.
    void take(std::size_t mail, std::string_view program, std::string_view queue_id,
              const LogLine& line);
    // The trace of the mail that a queue id stands for, or null.
    RelayTrace* trace_of(std::string_view queue_id);
};

void read_postfix(RelaySearch& search, const LogLine& line);
void read_exim(RelaySearch& search, const LogLine& line);
void read_opensmtpd(RelaySearch& search, const LogLine& line);

// The text between `before` and `after`, or the end; empty where there is no `before`.
std::string_view between(std::string_view text, std::string_view before, std::string_view after);

}  // namespace tocsin
