// What the logs of a relay say of mails in doubt. Postfix and Exim log Message-IDs; OpenSMTPD logs
// none, so a mail of its is known by its recipient and the time.
//
// A mail was taken where the relay put it into its queue, which it does before it answers the end
// of data. That a log lacks it is no proof that it was not, unless the log covers the time.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace tocsin {

struct SoughtMail {
    std::vector<std::string>
        message_ids;        // without brackets; one for each key that may have signed
    std::string recipient;  // Mailbox::key()
    WallTime since{};       // when the attempt began
};

enum class RelayFate { kUnknown, kDelivered, kDeferred, kBounced };

struct RelayTrace {
    bool taken = false;
    bool ambiguous = false;  // not taken: two mails fit, and the log cannot tell them apart
    bool covered = false;    // one log has lines from before and from after `since`
    std::string program;     // "Postfix"
    std::string queue_id;
    std::optional<WallTime> time;
    RelayFate fate = RelayFate::kUnknown;  // what the relay made of it, as far as the logs tell
    std::string evidence() const;          // one sentence
};

struct RelaySearch;  // relay_log/search.h

class RelayLogs {
  public:
    // Stamps without a year are read as before `now`. Of the logs' content only what belongs to
    // `sought` is kept.
    RelayLogs(const std::vector<SoughtMail>& sought, WallTime now);
    RelayLogs(const RelayLogs&) = delete;
    RelayLogs& operator=(const RelayLogs&) = delete;
    ~RelayLogs();

    void read_line(std::string_view line);
    // Between two files, whose times are apart. Of rotated ones, the older should come first.
    void end_file();

    // One for each sought mail. Of the file that is being read, `covered` is not known yet.
    const std::vector<RelayTrace>& traces() const;

  private:
    std::unique_ptr<RelaySearch> search_;
};

}  // namespace tocsin
