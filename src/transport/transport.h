// Carries finished messages to a server, a folder or a provider, and reports what each attempt
// reached.
//
// A transport knows no ledger, no retry and no campaign. The caller (delivery/dispatcher.h) submits
// while there is room, then turns `poll`. The one rule that makes "never twice" hold: the end of
// data of a message may leave only after `permit` was called for it, which the caller does when its
// intent is durable (W2). `permit` may come at any time after `submit`, also before it was asked
// for: a pipelining transport then never waits.
//
// Not thread-safe: one thread owns a transport.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "model/attempt.h"
#include "model/message.h"

namespace tocsin {

using Ticket = std::int64_t;  // the caller's name for one submitted message

// The transport has come to the point where only the permit is missing (for SMTP: DATA got its 354,
// or could go).
struct NeedsPermit {
    Ticket ticket;
};

// This attempt is over; the ticket is forgotten.
struct Finished {
    Ticket ticket;
    Attempt attempt;
};

// Never touched a server's judgement: no connection took it (the run stops, or it was withdrawn).
// May be submitted again; nothing is recorded. A permitted one never ends so: its intent is on
// record, so that it ends as `Finished`, short of the end of data.
struct Returned {
    Ticket ticket;
};

// Nothing can be sent through this transport now: unreachable, bad certificate, refused login.
// Every message that was not on its way comes back as `Returned` before or with it. The run ends
// with exit 69.
struct Unusable {
    std::string message;
    std::string hint;
};

using TransportEvent = std::variant<NeedsPermit, Finished, Returned, Unusable>;

class Transport {
  public:
    virtual ~Transport() = default;

    // How many more messages may be submitted now.
    virtual std::size_t room() const = 0;
    virtual void submit(Ticket ticket, Message message) = 0;
    virtual void permit(Ticket ticket) = 0;
    // Takes a message back that has not been permitted: it ends as `Returned`, or as `Finished`
    // where the server's reply was faster. An SMTP connection that already got 354 is closed for
    // it: a dot would mail a stump.
    virtual void withdraw(Ticket ticket) = 0;
    // Waits up to `most` for something to happen and returns what did.
    virtual std::vector<TransportEvent> poll(Milliseconds most) = 0;
    // No message is under way any more.
    virtual bool idle() const = 0;
    // Connects, authenticates and says goodbye without a mail; throws Unavailable.
    virtual void probe() = 0;
    // Ends connections politely (QUIT), within about a second. Nothing may be under way.
    virtual void close() = 0;
};

}  // namespace tocsin
