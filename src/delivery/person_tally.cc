#include "delivery/person_tally.h"

#include <algorithm>

#include "delivery/batch_reader.h"

namespace tocsin {
namespace {

void make_broken(PlanRow& row, const Place& place, const std::string& why) {
    row.skip = SkipReason::kBroken;
    row.detail = shown_line(place) + ": " + why;
}

}  // namespace

void PersonTally::settle(PlanRow& row, const SurveyBatch::About& about) {
    if (about.fault) {
        make_broken(row, about.fault->place, about.fault->message);
        faults_.add(*about.fault, about.place);
    } else if (lint_ != nullptr) {
        settle_linted(row, about);
    }
}

void PersonTally::settle_linted(PlanRow& row, const SurveyBatch::About& about) {
    const auto& troubles = about.sight.trouble;
    auto error = std::ranges::find_if(troubles, [&](const auto& one) { return is_error(one); });
    if (error == troubles.end()) {
        lint_->audience.count({*about.address, row.cells, about.place}, about.sight);
    } else {
        make_broken(row, about.place, error->message);
    }
    for (const LintTrouble& trouble : troubles) note(trouble, about.place);
}

bool PersonTally::is_error(const LintTrouble& trouble) const {
    return find_lint_rule(trouble.id)->severity == Severity::kError &&
           !lint_->report.ignores(trouble.id);
}

void PersonTally::note(const LintTrouble& trouble, const Place& place) {
    if (!skip_broken_ || !is_error(trouble)) {
        lint_->report.add(trouble.id, place, trouble.message, trouble.hint);
        return;
    }
    left_out_.add({Severity::kWarning, std::string(trouble.id), place,
                   trouble.message + ": this person is left out", trouble.hint, ""});
}

void PersonTally::report(Findings& findings) const {
    faults_.report(skip_broken_ ? Severity::kWarning : Severity::kError, findings);
    findings.append(left_out_);
}

}  // namespace tocsin
