// What becomes of somebody who is neither excluded nor suppressed: mailed, or left out because
// their own mail is broken.
#pragma once

#include "delivery/fault_tally.h"
#include "delivery/survey.h"
#include "delivery/survey_batch.h"

namespace tocsin {

class PersonTally {
  public:
    // `lint` may be null. `skip_broken`: who is broken is left out, instead of an error.
    PersonTally(const SurveyLint* lint, bool skip_broken)
        : lint_(lint), skip_broken_(skip_broken) {}

    // Makes a planned row broken where there is a fault, or an error of the lint in its cells.
    // Everybody else is counted by the lint.
    void settle(PlanRow& row, const SurveyBatch::About& about);
    // All that was found and is not in the lint's report.
    void report(Findings& findings) const;

  private:
    void settle_linted(PlanRow& row, const SurveyBatch::About& about);
    bool is_error(const LintTrouble& trouble) const;
    void note(const LintTrouble& trouble, const Place& place);

    const SurveyLint* lint_;
    const bool skip_broken_;
    FaultTally faults_;
    Findings left_out_;
};

}  // namespace tocsin
