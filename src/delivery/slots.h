// When mails may begin under rates that all hold, if nothing of them is spent.
#pragma once

#include <vector>

#include "delivery/rates/limiter.h"
#include "delivery/rates/rate_book.h"

namespace tocsin {

class Slots {
  public:
    explicit Slots(const Rates& rates) : limits_{by_period(rates)} {}
    // Those of transport and campaign together.
    explicit Slots(const RunRates& rates)
        : limits_{by_period(rates.limits.rates), by_period(rates.rates)} {}

    // When the last of `mails` (at least one) may begin, after the first.
    Microseconds last(std::int64_t mails) const;
    // How many of `most` begin within this time.
    std::int64_t within(Microseconds length, std::int64_t most) const;

  private:
    std::vector<Rates> limits_;
};

}  // namespace tocsin
