// A transport that does to each recipient what its local part says, and notes every end of data
// that left.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "transport/transport.h"

namespace tocsin {

class ScriptedTransport : public Transport {
  public:
    std::size_t capacity = 3;
    std::vector<std::string> delivered;  // local parts, in the order of their ends of data
    std::function<void()> before_permit_request = [] {};

    std::size_t room() const override {
        return broken_ || under_way_.size() >= capacity ? 0 : capacity - under_way_.size();
    }

    void submit(Ticket ticket, Message message) override {
        std::string who = message.envelope.to.local();
        if (broken_) return events_.push_back(Returned{ticket});
        under_way_[ticket] = who;
        if (who == "unusable") return break_down();
        if (who.starts_with("rcpt550")) return finish(ticket, Phase::kRcpt, 550);
        if (who.starts_with("mail550")) return finish(ticket, Phase::kMail, 550);
        if (who.starts_with("defer")) return finish(ticket, Phase::kRcpt, 450);
        events_.push_back(NeedsPermit{ticket});
    }

    void permit(Ticket ticket) override {
        std::string who = under_way_.at(ticket);
        delivered.push_back(who);
        if (who.starts_with("doubt")) return lose(ticket);
        finish(ticket, Phase::kEndOfData, 250);
    }

    void withdraw(Ticket ticket) override {
        if (under_way_.erase(ticket) > 0) events_.push_back(Returned{ticket});
    }

    std::vector<TransportEvent> poll(Milliseconds) override {
        before_permit_request();
        std::vector<TransportEvent> out(events_.begin(), events_.end());
        events_.clear();
        return out;
    }

    bool idle() const override { return under_way_.empty() && events_.empty(); }
    void probe() override {}
    void close() override {}

  private:
    void finish(Ticket ticket, Phase phase, int code) {
        Attempt attempt;
        attempt.phase = phase;
        attempt.reply = SmtpReply{code, "", "said"};
        events_.push_back(Finished{ticket, attempt});
        under_way_.erase(ticket);
    }

    void lose(Ticket ticket) {
        Attempt attempt;
        attempt.phase = Phase::kEndOfData;
        attempt.error = "connection reset";
        events_.push_back(Finished{ticket, attempt});
        under_way_.erase(ticket);
    }

    void break_down() {
        broken_ = true;
        for (const auto& [ticket, who] : under_way_) events_.push_back(Returned{ticket});
        std::erase_if(events_,
                      [](const auto& event) { return std::holds_alternative<NeedsPermit>(event); });
        under_way_.clear();
        events_.push_back(Unusable{"the certificate is not valid", "mend it"});
    }

    std::map<Ticket, std::string> under_way_;
    std::deque<TransportEvent> events_;
    bool broken_ = false;
};

}  // namespace tocsin
