// Messages that no request carries yet: those without a permit, and those of which batches are
// made.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <unordered_map>
#include <vector>

#include "transport/http/batch.h"

namespace tocsin {

// What one request may carry.
struct BatchBounds {
    std::size_t messages = 1;
    std::size_t bytes = 0;  // of all its messages; one alone may have more
    Milliseconds linger{};  // the first message waits so long for others
};

class Waiting {
  public:
    explicit Waiting(const BatchBounds& bounds) : bounds_(bounds) {}

    std::size_t size() const { return unpermitted_.size() + permitted_.size(); }

    void add(Ticket ticket, Message message, bool alone = false);
    void permit(Ticket ticket, Milliseconds now);
    // True where it waited without a permit, and is gone.
    bool withdraw(Ticket ticket);
    // All of them, which are gone.
    std::vector<Ticket> recall();
    // Before all others, in their order.
    void put_back(std::vector<HttpJob> jobs);

    // When the next batch is due, since boot; nothing where none is permitted.
    std::optional<Milliseconds> due() const;
    // One that is due; empty where none is.
    std::vector<HttpJob> take(Milliseconds now);

  private:
    bool full() const;

    BatchBounds bounds_;
    std::unordered_map<Ticket, HttpJob> unpermitted_;
    std::deque<HttpJob> permitted_;
    std::size_t permitted_bytes_ = 0;
};

}  // namespace tocsin
