#include "unit/lint/audience_fixture.h"

#include <doctest/doctest.h>
#include <set>
#include <utility>

namespace tocsin::testing {
namespace {

const std::set<std::string> kOfAudiences = {"rare-branch", "stray-link", "large-outlier",
                                            "long-outlier", "html-too-large"};

}  // namespace

LintedAudience::LintedAudience(Content content, const Columns& columns)
    : content_(std::move(content)) {
    Findings findings;
    composer_ = Composer::make(content_, columns, findings);
    for (const Finding& finding : findings.all()) MESSAGE(format(finding));
    REQUIRE(composer_);
    lint_ = std::make_unique<AudienceLint>(content_, *composer_);
}

void LintedAudience::add(const std::vector<std::string>& cells, bool rendered) {
    const Place row{"lists/a.csv", ++line_, 1};
    const Mailbox address = Mailbox::from("p" + std::to_string(line_) + "@port.example");
    std::string subject;
    composer_->fault(address, cells, subject);
    Rendered mail;
    if (rendered) mail = composer_->parts(address, cells);
    lint_->look(cells, subject, rendered ? &mail : nullptr, sight_);
    lint_->count({address, cells, row}, sight_);
}

void LintedAudience::add(std::size_t count, const std::vector<std::string>& cells) {
    for (std::size_t i = 0; i < count; ++i) add(cells);
}

std::vector<std::string> LintedAudience::troubles() const {
    std::vector<std::string> all;
    for (const LintTrouble& trouble : sight_.trouble) {
        all.push_back(std::string(trouble.id) + ": " + trouble.message);
    }
    return all;
}

std::vector<std::string> LintedAudience::finish() {
    Findings findings;
    LintReport report({}, findings);
    summary_ = lint_->finish(report);
    std::vector<std::string> lines;
    for (const Finding& finding : findings.all()) {
        if (!kOfAudiences.contains(finding.id)) continue;
        lines.push_back(finding.id + " " + finding.place.file + ":" +
                        std::to_string(finding.place.line) + ":" +
                        std::to_string(finding.place.column) + ": " + finding.message);
    }
    return lines;
}

}  // namespace tocsin::testing
