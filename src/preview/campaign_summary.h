// What the top of the page says of the whole campaign.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "lint/audience.h"

namespace tocsin {

struct CampaignSummary {
    std::string campaign;
    std::string from;
    std::string subject;    // the template
    std::string preheader;  // the template; may be empty
    std::map<std::string, std::string> fallbacks;

    // Who gets no mail. Each reason with its people; none is zero.
    struct Exclusion {
        std::string reason;  // "lists/already-signed.csv", "on the suppression list"
        std::size_t people;
    };
    std::vector<Exclusion> exclusions;
    std::size_t duplicates = 0;  // rows whose address had come before
    bool knows_suppressed = false;

    AudienceSummary audience;
    Findings findings;        // of the whole check
    std::size_t ignored = 0;  // by `lint: {ignore}`
};

}  // namespace tocsin
