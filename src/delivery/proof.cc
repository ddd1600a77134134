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
        Decision decision = decide(attempt, {});
        if (decision.state == State::kAccepted)
            ++result_.accepted;
        else
            fail(under_way_[done.ticket], attempt, std::move(decision));
        under_way_.erase(done.ticket);
    }

    void fail(const std::string& inbox, const Attempt& attempt, Decision decision) {
        const std::string answer = attempt.reply ? attempt.reply->line() : attempt.error;
        const bool account = decision.stop == Decision::Stop::kSender && attempt.verdict;
        result_.failures.push_back("to " + inbox + ": " + (account ? decision.said : answer));
        if (!decision.hint.empty()) result_.hint = std::move(decision.hint);
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
