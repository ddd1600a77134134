// Gathers what is wrong with single people's mails by place, so that a missing first name of 3,000
// people is one finding.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "compose/composer.h"

namespace tocsin {

class FaultTally {
  public:
    // `row`: where the person stands in a list.
    void add(const Composer::Fault& fault, const Place& row);
    // One finding a place, in the order of discovery.
    void report(Severity severity, Findings& findings) const;

  private:
    struct Entry {
        Composer::Fault fault;
        Place first;
        std::size_t people = 0;
    };
    std::vector<Entry> entries_;
};

}  // namespace tocsin
