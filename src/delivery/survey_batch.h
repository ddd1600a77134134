// Some rows of a survey on their way from the thread that reads to the one that writes. Batches are
// used again and again, so that the memory of their strings is.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "base/diagnostic.h"
#include "compose/composer.h"
#include "ledger/ledger.h"
#include "lint/audience.h"
#include "mail/address.h"

namespace tocsin {

struct SurveyBatch {
    static constexpr std::size_t kMostRows = 256;
    static constexpr std::size_t kMostBytes = 256u << 10;

    // What is not written about a row, but asked.
    struct About {
        std::optional<Mailbox> address;  // of a person; what an invalid row had is left from before
        Place place;
        std::optional<Composer::Fault> fault;  // why this person's mail cannot be rendered
        LintSight sight;                       // where there is no fault, and the survey lints
    };

    // The first `size` of both are rows; the others lend their memory.
    std::vector<PlanRow> rows;
    std::vector<About> about;
    std::size_t size = 0;
    std::size_t bytes = 0;  // of texts, roughly

    bool full() const { return size == kMostRows || bytes >= kMostBytes; }
    // Makes room for one row more, in which an earlier one may have left something.
    void extend();
    // Without rows. What few large rows took is not kept.
    void clear();
};

}  // namespace tocsin
