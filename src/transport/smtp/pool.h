// Several connections to one server, driven by one loop over epoll.
//
// A connection is opened when a message waits that no idle one can take, up to the agreed number.
// Finds out nothing and decides nothing about messages: that is in transport/smtp/dialogue.h and in
// delivery/policy.h.
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "transport/smtp/connection.h"
#include "transport/smtp/connector.h"
#include "transport/smtp/epoll.h"
#include "transport/smtp/overlap.h"
#include "transport/smtp/reconnection.h"
#include "transport/smtp/waker.h"
#include "transport/transport.h"

namespace tocsin {

class SmtpPool : public Transport {
  public:
    // A message whose connection died before its MAIL was accepted gets one more connection.
    static constexpr int kMostLosses = 2;

    SmtpPool(const SmtpSettings& settings, const std::string& ehlo, std::string password,
             const Clock& clock, Departures& departures);

    // Two on each connection: one that waits for its answer, and one behind it.
    std::size_t capacity() const override {
        return 2 * static_cast<std::size_t>(settings_.connections);
    }
    std::size_t room() const override;
    void expect(std::size_t messages) override { expected_ = messages; }
    void submit(Ticket ticket, Message message) override;
    void permit(Ticket ticket) override;
    void withdraw(Ticket ticket) override;
    void recall() override;
    std::vector<TransportEvent> poll(Milliseconds most) override;
    void wake() override { waker_.wake(); }
    bool idle() const override;
    void probe() override;
    void close() override;

  private:
    void work();
    void wait(Milliseconds most);
    Milliseconds due_in() const;
    void take_outcomes();
    void adopt(Established established);
    void on_failure(const ConnectFailure& failure);
    void flush(Connection& connection);
    bool begin_waiting();
    void collect();
    bool is_over(Connection& connection, std::optional<ConnectFailure>& fruitless);
    void let_overlap();
    ConnectFailure closed_at_once(const std::string& why) const;
    void forward(std::vector<DialogueEvent> events);
    void on_lost(Lost lost);
    void connect_as_needed();
    void give_up(const ConnectFailure& failure);
    void fail(const Job& job, const std::string& why);
    std::size_t under_way() const;
    std::size_t wanted_connections() const;

    const SmtpSettings settings_;
    const Clock& clock_;
    Departures& departures_;
    Epoll epoll_;
    Waker waker_;
    Connector connector_;
    Reconnection reconnection_;
    Overlap overlap_;
    std::deque<Job> waiting_;
    std::vector<std::unique_ptr<Connection>> connections_;
    std::vector<TransportEvent> events_;
    std::size_t expected_ = 0;  // messages that wait at the caller
    bool woken_ = false;
    bool probing_ = false;
};

}  // namespace tocsin
