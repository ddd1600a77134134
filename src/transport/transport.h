// Carries finished messages to a server, a folder or a provider, and reports what each attempt
// reached.
//
// A transport knows no ledger, no retry and no campaign. The one rule that makes "never twice"
// hold: the body of a message leaves only after `permit` was called for it, which the caller
// (delivery/dispatcher.h) does when its intent is durable (W2). It may submit before that: the wait
// for the disk and the round trip of the envelope then go on side by side. Right before the end of
// data can leave the transport says so to the `Departures`.
//
// Not thread-safe but for `wake`: one thread owns a transport.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "model/attempt.h"
#include "model/limits.h"
#include "model/message.h"

namespace tocsin {

using Ticket = std::int64_t;  // the caller's name for one submitted message

// Told of each message right before its end of data can leave: should the process die now, nobody
// but the server knows. Called by the thread that owns the transport; must not throw.
class Departures {
  public:
    virtual ~Departures() = default;
    virtual void departing(Ticket ticket) = 0;
};

// Of mails that no ledger knows: proofs, tests.
class UnwatchedDepartures : public Departures {
  public:
    void departing(Ticket) override {}
};

// This attempt is over; the ticket is forgotten.
struct Finished {
    Ticket ticket;
    Attempt attempt;
};

// Nothing of it was sent: no connection took it (the run stops, or it was recalled). May be
// submitted again; nothing is recorded.
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

// A request of an earlier run that may have been carried out, of a server that carries out each
// only once and can still be asked.
struct OpenQuestion {
    struct Mail {
        Ticket ticket = 0;
        std::string address;  // Mailbox::key()
    };
    std::string key;       // the request's
    std::string campaign;  // the id
    std::vector<Mail> mails;
    // When it was first asked, which is when the attempts of all its mails started.
    WallTime asked{};
};

using TransportEvent = std::variant<Finished, Returned, Unusable>;

class Transport {
  public:
    virtual ~Transport() = default;

    // What messages must be submitted as.
    virtual MessageForm form() const { return MessageForm::kMime; }
    // What the server lets this account send now, beside the configured rates: asked once, before
    // a run; it may wait for an answer. Throws Unavailable.
    virtual Rates allowance() { return {}; }
    // Before a run: what an earlier one left open, what became of each of its mails where the
    // server is asked once more (it waits for the answer; no clear verdict where nobody knows
    // still), and that nobody need ask any more.
    virtual std::vector<OpenQuestion> open_questions() { return {}; }
    virtual std::vector<Attempt> ask_again(const OpenQuestion&) { return {}; }
    virtual void forget(const OpenQuestion&) {}
    // The most messages that can be under way.
    virtual std::size_t capacity() const = 0;
    // How many more messages would begin at once, or right behind the one that a connection
    // carries. None before the first connection stands.
    virtual std::size_t room() const = 0;
    // So many messages wait at the caller for room: connections are opened for them.
    virtual void expect(std::size_t messages) = 0;
    // May be called without room: the message then waits for a connection.
    virtual void submit(Ticket ticket, Message message) = 0;
    // Once, at any time after `submit`; does nothing where the ticket is over already.
    virtual void permit(Ticket ticket) = 0;
    // Takes a message back that will not be permitted: it ends as `Returned`, or as `Finished`
    // where the server's refusal was faster. An SMTP connection that waits for its body is closed
    // for it: a dot would mail a stump.
    virtual void withdraw(Ticket ticket) = 0;
    // Takes back what has not begun: it ends as `Returned`.
    virtual void recall() = 0;
    // Waits up to `most` for something to happen and returns what did, if anything.
    virtual std::vector<TransportEvent> poll(Milliseconds most) = 0;
    // Ends a `poll` early, or the next one. From any thread.
    virtual void wake() = 0;
    // No message is under way any more, and no event waits.
    virtual bool idle() const = 0;
    // Connects, authenticates and says goodbye without a mail; throws Unavailable.
    virtual void probe() = 0;
    // Ends connections politely (QUIT), within about a second. Nothing may be under way.
    virtual void close() = 0;
};

}  // namespace tocsin
