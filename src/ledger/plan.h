// W0: plans as they are written and read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "ledger/keys.h"
#include "model/recipient.h"
#include "model/state.h"

namespace tocsin {

struct PlanHeader {
    MailingKey mailing;
    std::string list;          // the unsubscribe list's name, or empty: everything
    std::string content;       // bytes of model/content.h, opaque here
    std::string content_hash;  // hex SHA-256 of `content`
    std::string inputs;        // what the files were (delivery/inputs.h), opaque here
    Columns columns;
    WallTime created{};
    std::string settings{};  // how it would go out (delivery/facts.h), opaque here
};

// One distinct address of the audience, or one row that holds no address.
struct PlanRow {
    std::string address;                  // as written; for an invalid row whatever stood there
    std::string key;                      // Mailbox::key(); for an invalid row unique, "file:line"
    std::vector<std::string> cells;       // as many as columns; may be empty for skipped rows
    SkipReason skip = SkipReason::kNone;  // kNone: planned
    std::string detail{};  // why skipped: "lists/members.csv:12: the domain has no dot"
    std::string zone{};    // whose clocks it goes by (SendSession::postpone), opaque; or empty.
                           // Nothing is kept of that of who is skipped
};

// What is known of a plan only when its last row is.
struct PlanEnd {
    std::size_t duplicates = 0;   // rows left out because their address had come before
    std::string audience_hash{};  // hex SHA-256 (delivery/audience_hash.h), opaque here
};

// Writes rows in short transactions that nobody sees; `commit` makes all of them ready at once. A
// writer that is destroyed without it, or dies, leaves no plan. Until its commit or end it holds
// the mailing as a send does.
class PlanWriter {
  public:
    virtual ~PlanWriter() = default;
    // A row whose key is there already is left out. Whether it was new.
    virtual bool add(const PlanRow& row) = 0;
    // Replaces the end of an earlier plan. Throws Refused where the mailing was cancelled
    // meanwhile.
    virtual void commit(const PlanEnd& end) = 0;
    void commit(std::size_t duplicates) { commit(PlanEnd{duplicates}); }
};

enum class PlanKind {
    kNew,  // there is none yet, or the present one is replaced: refused (Refused) once a row of it
           // has left `planned`/`skipped`
    kTopUp,  // adds people who are not in it; content, list and time stay those of the first plan,
             // `inputs` and `settings` become the header's; Refused where there is no plan or
             // columns differ
    kFirst,  // as kNew, but Busy where there is one by then: another program was faster
};

struct PlanInfo {
    MailingKey mailing;
    std::int64_t number = 0;           // another plan has another
    std::int64_t campaign_number = 0;  // small, stable: goes into unsubscribe tokens
    std::int64_t list_number = 0;      // 0: everything
    std::string list;
    std::string content;
    std::string content_hash;
    std::string inputs;
    std::string settings;       // empty: planned by a version that did not keep them
    std::string audience_hash;  // the same
    Columns columns;
    WallTime created{};
    bool started = false;  // a row has been attempted, or is about to be
};

}  // namespace tocsin
