// Walks an audience once and says of everybody whether they can be mailed: what `check` reports,
// what `plan` writes.
#pragma once

#include <functional>

#include "audience/audience.h"
#include "base/diagnostic.h"
#include "compose/composer.h"
#include "ledger/ledger.h"

namespace tocsin {

struct SurveyOptions {
    bool skip_invalid = false;  // bad rows are counted as skipped instead of being errors
    bool skip_broken = false;   // so are people whose mail cannot be rendered
    bool render_all = false;    // render every mail in full, not only what a fault could hide in
};

struct SurveyCounts {
    std::size_t people = 0;  // who can be mailed
    std::size_t excluded = 0;
    std::size_t suppressed = 0;
    std::size_t invalid = 0;
    std::size_t broken = 0;
    std::size_t duplicates = 0;
    std::size_t total() const { return people + excluded + suppressed + invalid + broken; }
};

// Whether the address must not be mailed, by its key.
using IsSuppressed = std::function<bool(const std::string& key)>;

// Without a composer, rows alone are looked at. Calls `sink` once for each row of the plan-to-be,
// in the order of the lists. What is wrong with rows and with the mails of single people goes to
// `findings`: as errors, or as warnings where the options say that they are skipped.
SurveyCounts survey(Audience& audience, Composer* composer, const SurveyOptions& options,
                    const IsSuppressed& is_suppressed, const std::function<void(PlanRow&&)>& sink,
                    Findings& findings);

}  // namespace tocsin
