// Walks an audience once and says of everybody whether they can be mailed: what `check` reports,
// what `plan` writes. Whoever surveys a campaign wants delivery/linted_survey.h.
#pragma once

#include <functional>
#include <span>

#include "audience/audience.h"
#include "base/diagnostic.h"
#include "compose/composer.h"
#include "ledger/ledger.h"
#include "lint/audience.h"

namespace tocsin {

struct SurveyOptions {
    bool skip_invalid = false;  // bad rows are counted as skipped instead of being errors
    bool skip_broken =
        false;  // so are people whose mail cannot be rendered, or whose cells break it
    bool render_all = false;  // render every mail in full, not only what a fault could hide in
    unsigned renderers = 0;   // threads that do, each with a composer of its own; 0: one a core
    bool all_lint = false;    // warnings of the lint are findings, and not only counted
};

struct SurveyCounts {
    std::size_t people = 0;  // who can be mailed
    std::size_t excluded = 0;
    std::size_t suppressed = 0;
    std::size_t invalid = 0;
    std::size_t broken = 0;
    std::size_t duplicates = 0;
    // Of a survey that lints: what was found out about everybody who can be mailed, how many
    // findings are ignored by `lint: {ignore}`, and how many warnings were only counted.
    AudienceSummary audience{};
    std::size_t ignored = 0;
    std::size_t lint_warnings = 0;
    // Of a plan that goes by recipients' time zones: who has none that is known.
    std::size_t zoneless = 0;
    std::size_t total() const { return people + excluded + suppressed + invalid + broken; }
};

// Makes `kSuppressed` of the planned rows whose keys must not be mailed; of some rows at a time.
using SkipSuppressed = std::function<void(std::span<PlanRow>)>;
// For a survey that asks no ledger.
void skip_nobody(std::span<PlanRow> rows);

// What lints while everybody is walked through (lint/audience.h).
struct SurveyLint {
    AudienceLint& audience;
    LintReport& report;  // of what single people's cells have spoilt
};

// Without a composer, rows alone are looked at. Calls `sink` once for each row of the plan-to-be,
// in the order of the lists; it may change the row. What is wrong with rows and with the mails of
// single people goes to `findings`: as errors, or as warnings where the options say that they are
// skipped. So do people whose cells are an error of the lint, where `skip_broken` leaves them out;
// otherwise they are in its report.
//
// Threads of their own read the lists and, with composers like this one, render mails;
// `skip_suppressed` and `sink` are called in the caller's, `lint` counts there. Findings and rows
// do not depend on how many threads there are.
SurveyCounts survey(Audience& audience, const Composer* composer, const SurveyOptions& options,
                    const SkipSuppressed& skip_suppressed,
                    const std::function<void(PlanRow&)>& sink, Findings& findings,
                    const SurveyLint* lint = nullptr);

}  // namespace tocsin
