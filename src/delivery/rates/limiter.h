// One limit on the times at which mails may begin, with a state that outlives the process. The
// forms: the rates of a transport, a campaign or a domain group (RateLimiter), and the daily budget
// of a warm-up (WarmUpLimiter).
#pragma once

#include <optional>
#include <vector>

#include "delivery/rates/budget.h"
#include "delivery/rates/pace.h"

namespace tocsin {

class Limiter {
  public:
    virtual ~Limiter() = default;
    // The earliest slot that is not before `from`. Every later time is a slot as well.
    virtual Microseconds earliest(Microseconds from, const Moment& now) const = 0;
    // Takes the slot at `at`, which is not before the earliest.
    virtual void take(Microseconds at, const Moment& now) = 0;
    // What was taken at `at` was not used: no budget is less for it. Its time is lost all the same.
    virtual void give_back(Microseconds at, const Moment& now) = 0;
    virtual RateRecord save(const Moment& now) const = 0;
    // In place of what was taken so far.
    virtual void load(const RateRecord& record, const Moment& now) = 0;
    // The record is lost: takes the worst for granted, which passes within the longest period.
    virtual void spend(const Moment& now) = 0;
};

// By period, the shortest first, and for each period the tightest: all that a list says.
Rates by_period(Rates rates);

// All of `rates`: the shortest period's sets the pace, the others are budgets.
class RateLimiter : public Limiter {
  public:
    // Not empty.
    explicit RateLimiter(const Rates& rates);
    Microseconds earliest(Microseconds from, const Moment& now) const override;
    void take(Microseconds at, const Moment& now) override;
    void give_back(Microseconds at, const Moment& now) override;
    RateRecord save(const Moment& now) const override;
    void load(const RateRecord& record, const Moment& now) override;
    void spend(const Moment& now) override;

  private:
    Pace pace_;
    std::vector<Budget> budgets_;
};

}  // namespace tocsin
