// Chooses whose mail is shown or proved.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "audience/audience.h"
#include "compose/renderer.h"
#include "model/recipient.h"

namespace tocsin {

struct SampleRequest {
    std::vector<Mailbox> as;  // these people, in this order
    // And so many more: first those whose mails tell most (preview/telling.h), then others, spread
    // evenly over the lists. Without a number: as many as have something to tell, or none where
    // `as` names somebody.
    std::optional<std::size_t> sample;
};

struct Chosen {
    Recipient recipient;
    std::vector<std::string> reasons;  // "longest first_name", "takes {{^constituency}}"
    std::string excluded_by;           // the list that does, where somebody of `as` gets no mail
};

struct Sample {
    std::vector<Chosen> people;
    // Seen on the way: how many people each list excludes.
    std::map<std::string, std::size_t> excluded_by;
};

// The same people each time. Reads the lists once, and once more where others must be added to the
// telling ones; memory does not grow with them. Throws UsageError where somebody of `as` is in no
// list. Excluded people are found by `as` but never sampled.
Sample choose(Audience& audience, Renderer& renderer, const SampleRequest& request);

}  // namespace tocsin
