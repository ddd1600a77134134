// `notify:` of tocsin.yaml: whoever wants to hear of it is told of a mailing that is done, held,
// paused or in doubt; once, and without ever holding up or failing a send. docs/running.md.
#pragma once

#include <chrono>
#include <string>

#include "base/clock.h"
#include "delivery/notice_book.h"
#include "delivery/notice_text.h"
#include "ledger/ledger.h"
#include "model/workspace.h"

namespace tocsin {

class Notifier {
  public:
    // A command, or a mail, may take so long; then it is stopped.
    static constexpr std::chrono::seconds kPatience{30};
    // What could not be told is tried again after the book's rest, twice that and so on, up to
    // `kLongestWait`, and given up after `kMostTries`: about two days.
    static constexpr std::chrono::hours kLongestWait{6};
    static constexpr int kMostTries = 13;

    // All outlive it.
    Notifier(const Workspace& workspace, Ledger& ledger, const Clock& clock)
        : workspace_(workspace), clock_(clock), book_(ledger), ledger_(ledger) {}

    // Once: nothing happens where the last notice of this event and mailing had this text, and the
    // ledger knows no more than then (NoticeBook), or where nobody wants to hear of it. Gives what
    // went wrong, for stderr and without a line end, or the empty text.
    std::string tell(const Notice& notice) noexcept;

    // Tries again what could not be told, also by earlier runs, and is due. Once a run; nearly free
    // where there is none. The same result, with a line end between several.
    std::string tell_again() noexcept;

  private:
    bool wanted(NotifyEvent event) const;
    std::string attempt(UntoldNotice untold);
    std::string failed(const UntoldNotice& untold, const std::string& fault);
    std::string deliver(const UntoldNotice& untold);

    const Workspace& workspace_;
    const Clock& clock_;
    NoticeBook book_;
    Ledger& ledger_;
};

}  // namespace tocsin
