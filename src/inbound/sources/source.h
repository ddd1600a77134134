// Where mails come from that came back: files, Maildirs, mailboxes on servers. A source hands out
// one mail after another and is told what became of each, once that is recorded. Whatever it was
// not told of it hands out again in the next run, so that no mail is lost by a crash.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "inbound/report.h"

namespace tocsin {

struct ReceivedMail {
    std::uint64_t number = 0;  // counts within the source, from 1
    std::string name;  // for people and programs: "bounces/1.eml", "imaps://host/INBOX;UID=7", "-"
    std::string origin;  // for the ledger: "file bounces/1.eml", "imaps://…", "standard input"
    std::string bytes;   // at most kMostOfAMail
};

enum class Fate {
    kHandled,  // recorded, or of no further use
    kKept,     // nobody's, or not understood: somebody may want to look at it
};

struct Settled {
    std::uint64_t number = 0;
    Fate fate = Fate::kHandled;
};

class MailSource {
  public:
    virtual ~MailSource() = default;
    // The next mail, or nothing at the end.
    virtual std::optional<ReceivedMail> next() = 0;
    // What became of mails that were handed out. Never called in a dry run.
    virtual void settle(std::span<const Settled> settled) = 0;
    // The mails are still there when the run is over. Standard input is gone: what is to be kept of
    // it must be copied.
    virtual bool keeps() const { return true; }
};

// Opens a source when it is its turn.
using SourceMaker = std::function<std::unique_ptr<MailSource>()>;

}  // namespace tocsin
