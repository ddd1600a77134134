// Transports that carry nothing anywhere.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <utility>
#include <vector>

#include "transport/transport.h"

namespace tocsin::test {

// Accepts everything at once, as soon as it is permitted.
class NullTransport : public Transport {
  public:
    // Told of each message, where there is one.
    Departures* departures = nullptr;
    std::size_t most = 64;

    std::size_t capacity() const override { return most; }
    std::size_t room() const override { return most - std::min(most, waiting_.size()); }
    void expect(std::size_t) override {}
    void submit(Ticket ticket, Message message) override {
        waiting_.emplace(ticket, std::move(message));
    }
    void permit(Ticket ticket) override {
        auto found = waiting_.find(ticket);
        if (found == waiting_.end()) return;
        if (departures != nullptr) departures->departing(ticket);
        Attempt attempt;
        attempt.phase = Phase::kEndOfData;
        attempt.reply = SmtpReply{250, "2.0.0", "taken"};
        events_.emplace_back(Finished{ticket, attempt});
        take(ticket, std::move(found->second));
        waiting_.erase(found);
    }
    void withdraw(Ticket ticket) override {
        if (waiting_.erase(ticket) > 0) events_.emplace_back(Returned{ticket});
    }
    void recall() override {
        for (const auto& [ticket, message] : std::exchange(waiting_, {})) {
            events_.emplace_back(Returned{ticket});
        }
    }
    std::vector<TransportEvent> poll(Milliseconds most_wait) override {
        std::unique_lock lock(mutex_);
        if (events_.empty()) wakened_.wait_for(lock, most_wait, [this] { return woken_; });
        woken_ = false;
        return std::exchange(events_, {});
    }
    void wake() override {
        {
            std::lock_guard lock(mutex_);
            woken_ = true;
        }
        wakened_.notify_one();
    }
    bool idle() const override { return waiting_.empty() && events_.empty(); }
    void probe() override {}
    void close() override {}

  protected:
    virtual void take(Ticket, Message) {}

  private:
    std::map<Ticket, Message> waiting_;
    std::vector<TransportEvent> events_;
    std::mutex mutex_;
    std::condition_variable wakened_;
    bool woken_ = false;
};

// The same, and keeps what it was given, in the order of the permits.
class RecordingTransport : public NullTransport {
  public:
    std::vector<std::pair<Ticket, Message>> taken;
    MessageForm wanted = MessageForm::kMime;

    MessageForm form() const override { return wanted; }

  protected:
    void take(Ticket ticket, Message message) override {
        taken.emplace_back(ticket, std::move(message));
    }
};

}  // namespace tocsin::test
