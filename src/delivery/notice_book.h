// What was told of each mailing, and what still has to be: notes of the ledger, so that a command
// that runs each minute tells everything once.
//
// `told:MAILING:EVENT` holds a hash of the last notice of this kind and of what the ledger knew
// then. One note an event: two things that are true at the same time do not displace each other.
// `untold:MAILING:EVENT` holds a notice while it is being told, and after that failed; `untold`,
// until when nothing is tried for that.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "delivery/notice_text.h"
#include "ledger/ledger.h"

namespace tocsin {

struct UntoldNotice {
    Notice notice;
    WallTime since{};  // what it tells was true then
    int tries = 0;
    std::chrono::sys_seconds next{};  // not before
};

class NoticeBook {
  public:
    // A pause is told again after another mail got through, but not sooner than this: a server that
    // comes and goes is one piece of news.
    static constexpr std::chrono::hours kBetweenPauses{1};

    // After a failure nothing is tried for so long, by no process: what hangs would hang each time.
    static constexpr std::chrono::minutes kRest{10};

    explicit NoticeBook(Ledger& ledger) : ledger_(ledger) {}

    // Whether it is news, and ours to tell: of several processes one gets `true`.
    bool claim(const Notice& notice, WallTime now);
    // Whether that changed the book: of several processes that take one up again within a second,
    // one gets `true`.
    bool keep(const UntoldNotice& untold);
    void drop(const Notice& notice);
    // Those that can be told now; an entry that cannot be read is dropped.
    std::vector<UntoldNotice> due(WallTime now);
    void rest(WallTime now);
    bool resting(WallTime now);

  private:
    std::string occasion(const Notice& notice);
    Ledger& ledger_;
};

}  // namespace tocsin
