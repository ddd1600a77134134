// A transport that does to each recipient what its local part says, and notes every end of data
// that left.
#pragma once

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "transport/transport.h"

namespace tocsin {

class ScriptedTransport : public Transport {
  public:
    std::size_t most = 3;
    std::vector<std::string> delivered;  // local parts, in the order of their ends of data
    std::function<void()> before_poll = [] {};
    Departures* departures = nullptr;

    std::size_t capacity() const override { return most; }
    std::size_t room() const override {
        return broken_ || under_way_.size() >= most ? 0 : most - under_way_.size();
    }
    void expect(std::size_t) override {}

    void submit(Ticket ticket, Message message) override {
        under_way_[ticket] = message.envelope.to.local();
    }

    void permit(Ticket ticket) override { permitted_.insert(ticket); }

    void withdraw(Ticket ticket) override {
        if (under_way_.erase(ticket) > 0) events_.push_back(Returned{ticket});
    }

    void recall() override {}

    std::vector<TransportEvent> poll(Milliseconds) override {
        before_poll();
        for (const auto& [ticket, who] : std::exchange(under_way_, {})) {
            if (broken_) {
                events_.push_back(Returned{ticket});
            } else {
                happen(ticket, who);
            }
        }
        if (events_.empty()) sleep();
        return std::exchange(events_, {});
    }

    void wake() override {
        {
            std::lock_guard lock(mutex_);
            woken_ = true;
        }
        wakened_.notify_one();
    }

    bool idle() const override { return under_way_.empty() && events_.empty(); }
    void probe() override {}
    void close() override {}

  private:
    void happen(Ticket ticket, const std::string& who) {
        if (who == "unusable") return break_down(ticket);
        if (who.starts_with("rcpt550")) return finish(ticket, Phase::kRcpt, 550);
        if (who.starts_with("mail550")) return finish(ticket, Phase::kMail, 550);
        if (who.starts_with("defer")) return finish(ticket, Phase::kRcpt, 450, "4.2.1");
        if (who.starts_with("slow")) return finish(ticket, Phase::kRcpt, 450, "4.7.28");
        if (!permitted_.contains(ticket)) {  // waits for it
            under_way_[ticket] = who;
            return;
        }
        if (departures != nullptr) departures->departing(ticket);
        delivered.push_back(who);
        if (who.starts_with("doubt")) return lose(ticket);
        if (who.starts_with("pause")) return pause(ticket);
        finish(ticket, Phase::kEndOfData, 250);
    }

    void finish(Ticket ticket, Phase phase, int code, const std::string& enhanced = "") {
        Attempt attempt;
        attempt.phase = phase;
        attempt.reply = SmtpReply{code, enhanced, "said"};
        events_.push_back(Finished{ticket, attempt});
    }

    // A provider takes it, and wants nothing more for an hour.
    void pause(Ticket ticket) {
        Attempt attempt;
        attempt.phase = Phase::kEndOfData;
        attempt.reply = SmtpReply{200, "", "id 1"};
        attempt.verdict = ProviderVerdict::kAccepted;
        attempt.retry_after = std::chrono::hours(1);
        events_.push_back(Finished{ticket, attempt});
    }

    void lose(Ticket ticket) {
        Attempt attempt;
        attempt.phase = Phase::kEndOfData;
        attempt.error = "connection reset";
        events_.push_back(Finished{ticket, attempt});
    }

    void break_down(Ticket ticket) {
        broken_ = true;
        events_.push_back(Returned{ticket});
        events_.push_back(Unusable{"the certificate is not valid", "mend it"});
    }

    void sleep() {
        std::unique_lock lock(mutex_);
        wakened_.wait_for(lock, Milliseconds(1), [this] { return woken_; });
        woken_ = false;
    }

    std::map<Ticket, std::string> under_way_;
    std::set<Ticket> permitted_;
    std::vector<TransportEvent> events_;
    bool broken_ = false;
    std::mutex mutex_;
    std::condition_variable wakened_;
    bool woken_ = false;
};

}  // namespace tocsin
