// Chooses whose mail is shown or proved.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "audience/audience.h"
#include "model/recipient.h"

namespace tocsin {

struct SampleRequest {
    std::vector<Mailbox> as;  // these people, in this order
    std::size_t sample = 0;   // and this many more, spread evenly over the lists
};

// Throws UsageError where somebody of `as` is in no list. Excluded people are found by `as` but
// never sampled.
std::vector<Recipient> choose(Audience& audience, const SampleRequest& request);

}  // namespace tocsin
