// What of a run of one mailing is worth telling those whom `notify:` names.
#pragma once

#include <vector>

#include "delivery/dispatcher.h"
#include "delivery/notice_text.h"
#include "ledger/ledger.h"

namespace tocsin {

// After the run: done where everything is final; in doubt where somebody's mail is; held where the
// breaker did it, as the caller records it; paused where a server, or the receivers, let nothing
// through. Who holds a mailing by hand knows. `counts` are those after the run.
std::vector<Notice> notices_of(const MailingKey& mailing, const RunResult& result,
                               const Counts& counts);

}  // namespace tocsin
