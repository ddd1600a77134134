// What the ledger tells of the rows of a plan, and what is decided about them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "ledger/keys.h"
#include "model/attempt.h"
#include "model/feedback.h"
#include "model/recipient.h"
#include "model/resolution.h"
#include "model/state.h"

namespace tocsin {

struct AttemptRecord {
    std::string transport;
    Attempt attempt;
    State state = State::kPlanned;  // what it made of the row
    std::string decision;           // RowOutcome::decision
};

struct RowReport {
    std::string address;
    State state = State::kPlanned;
    SkipReason skip = SkipReason::kNone;
    std::string detail;
    std::string zone;                           // PlanRow::zone
    std::optional<WallTime> not_before;         // of who is planned or deferred
    std::vector<std::string> cells;             // in the order of the plan's columns
    std::vector<AttemptRecord> attempts;        // oldest first; `explain` fills them
    std::vector<ResolutionRecord> resolutions;  // the same
    std::vector<Feedback> feedback;             // the same
};

// What became of a row: its last attempt's reply, or what broke instead.
struct RowResult {
    RowId id = 0;
    std::string key;
    State state = State::kPlanned;
    SkipReason skip = SkipReason::kNone;
    std::optional<SmtpReply> reply{};
    std::string error{};
};

// The people of one zone (PlanRow::zone) who are still to be mailed.
struct ZoneRows {
    std::string zone;                    // empty: who has none, in a plan where others have
    std::size_t waiting = 0;             // planned or deferred
    std::optional<WallTime> not_before;  // SendSession::postpone
    friend bool operator==(const ZoneRows&, const ZoneRows&) = default;
};

struct DoubtfulRow {
    RowId id = 0;
    std::string key;
    std::string address;
    std::vector<AttemptRecord> attempts;  // oldest first
};

struct Verdict {
    RowId id = 0;
    Resolution resolution = Resolution::kHold;
    std::string evidence;
};

// Who a row is; what a token or a return path leads to.
struct RowName {
    MailingKey mailing;
    std::string address;  // Mailbox::key()
    std::string list;     // or empty: everything
    Columns columns;
    std::vector<std::string> cells;  // in the order of the columns
};

}  // namespace tocsin
