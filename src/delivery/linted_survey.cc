#include "delivery/linted_survey.h"

#include <optional>

#include "lint/settings.h"

namespace tocsin {
namespace {

// The lint of one campaign, and what is said of it.
class Linting {
  public:
    Linting(const Workspace& workspace, const Campaign& campaign)
        : report_(ignored_in(workspace, campaign), said_) {
        lint_settings(workspace, campaign, report_);
    }

    LintReport& report() { return report_; }

    void conclude(const SurveyOptions& options, SurveyCounts& counts, Findings& findings) const {
        findings.append(options.all_lint ? said_ : said_.only_errors());
        counts.lint_warnings = options.all_lint ? 0 : said_.warnings();
        counts.ignored = report_.ignored();
    }

  private:
    Findings said_;
    LintReport report_;
};

}  // namespace

SurveyCounts linted_survey(const LintedParts& parts, Audience& audience, Composer* composer,
                           const SurveyOptions& options, const SkipSuppressed& skip_suppressed,
                           const std::function<void(PlanRow&)>& sink, Findings& findings) {
    Linting linting(parts.workspace, parts.campaign);
    if (composer == nullptr) {
        SurveyCounts counts =
            survey(audience, nullptr, options, skip_suppressed, sink, findings, nullptr);
        linting.conclude(options, counts, findings);
        return counts;
    }
    AudienceLint everybody(parts.content, *composer);
    SurveyLint lint{everybody, linting.report()};
    SurveyCounts counts =
        survey(audience, composer, options, skip_suppressed, sink, findings, &lint);
    counts.audience = everybody.finish(linting.report());
    linting.conclude(options, counts, findings);
    return counts;
}

SurveyCounts lint_without_audience(const Workspace& workspace, const Campaign& campaign,
                                   const SurveyOptions& options, Findings& findings) {
    SurveyCounts counts;
    Linting(workspace, campaign).conclude(options, counts, findings);
    return counts;
}

}  // namespace tocsin
