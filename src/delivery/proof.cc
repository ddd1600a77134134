#include "delivery/proof.h"

#include <deque>
#include <map>

#include "base/error.h"
#include "delivery/policy.h"

namespace tocsin {
namespace {

constexpr Milliseconds kTick{100};

class ProofRun {
  public:
    ProofRun(Transport& transport, std::deque<Message> messages)
        : transport_(transport), waiting_(std::move(messages)) {}

    ProofResult run() {
        while (!waiting_.empty() || !under_way_.empty()) {
            while (!waiting_.empty() && transport_.room() > 0) submit();
            transport_.expect(waiting_.size());
            for (const TransportEvent& event : transport_.poll(kTick)) handle(event);
        }
        transport_.close();
        return std::move(result_);
    }

  private:
    void submit() {
        Message message = std::move(waiting_.front());
        waiting_.pop_front();
        under_way_[next_] = message.envelope.to.written();
        transport_.submit(next_, std::move(message));
        transport_.permit(next_++);  // nothing is recorded of a proof
    }

    void handle(const TransportEvent& event) {
        if (const auto* done = std::get_if<Finished>(&event)) finish(*done);
        if (const auto* back = std::get_if<Returned>(&event)) under_way_.erase(back->ticket);
        if (const auto* why = std::get_if<Unusable>(&event))
            throw Unavailable(why->message, why->hint);
    }

    void finish(const Finished& done) {
        const Attempt& attempt = done.attempt;
        bool accepted = decide(attempt, {}).state == State::kAccepted;
        std::string reason = attempt.reply ? attempt.reply->line() : attempt.error;
        if (accepted)
            ++result_.accepted;
        else
            result_.failures.push_back("to " + under_way_[done.ticket] + ": " + reason);
        under_way_.erase(done.ticket);
    }

    Transport& transport_;
    std::deque<Message> waiting_;
    std::map<Ticket, std::string> under_way_;
    Ticket next_ = 1;
    ProofResult result_;
};

}  // namespace

ProofResult send_proofs(Transport& transport, Composer& composer,
                        const std::vector<Mailbox>& inboxes,
                        const std::vector<Recipient>& recipients, WallTime now) {
    std::deque<Message> messages;
    for (const Recipient& recipient : recipients) {
        for (const Mailbox& inbox : inboxes) {
            messages.push_back(composer.proof(inbox, recipient.address, recipient.cells, now));
        }
    }
    return ProofRun(transport, std::move(messages)).run();
}

}  // namespace tocsin
