#include "delivery/survey.h"

#include <algorithm>

#include "delivery/fault_tally.h"

namespace tocsin {
namespace {

std::string shown(const Place& place) {
    return place.file + ":" + std::to_string(place.line);
}

class Surveyor {
  public:
    Surveyor(Composer* composer, const SurveyOptions& options, const IsSuppressed& is_suppressed,
             const std::function<void(PlanRow&&)>& sink)
        : composer_(composer), options_(options), is_suppressed_(is_suppressed), sink_(sink) {}

    void person(const AudienceRow& row) {
        const Mailbox& address = row.recipient.address;
        PlanRow out;
        out.address = address.written();
        out.key = address.key();
        judge(row, out);
        sink_(std::move(out));
    }

    void invalid(const InvalidRow& row) {
        ++counts_.invalid;
        sink_({.address = row.text,
               .key = shown(row.place),
               .cells = {},
               .skip = SkipReason::kInvalid,
               .detail = shown(row.place) + ": " + row.why});
    }

    SurveyCounts finish(Findings& findings) {
        tally_.report(options_.skip_broken ? Severity::kWarning : Severity::kError, findings);
        return counts_;
    }

  private:
    void judge(const AudienceRow& row, PlanRow& out) {
        if (row.excluded)
            return skip(out, SkipReason::kExcluded, row.excluded_by, counts_.excluded);
        if (is_suppressed_(out.key)) {
            return skip(out, SkipReason::kSuppressed, "", counts_.suppressed);
        }
        const Recipient& recipient = row.recipient;
        if (composer_ != nullptr && judge_mail(row, out)) return;
        ++counts_.people;
        out.cells = recipient.cells;
    }

    // Whether the mail is broken.
    bool judge_mail(const AudienceRow& row, PlanRow& out) {
        const Recipient& recipient = row.recipient;
        if (auto fault = composer_->fault(recipient.address, recipient.cells)) {
            tally_.add(*fault, row.place);
            skip(out, SkipReason::kBroken, shown(fault->place) + ": " + fault->message,
                 counts_.broken);
            return true;
        }
        // The time does not matter: nobody sees these bytes.
        if (options_.render_all) composer_->preview(recipient.address, recipient.cells, WallTime{});
        return false;
    }

    static void skip(PlanRow& out, SkipReason reason, std::string detail, std::size_t& count) {
        ++count;
        out.skip = reason;
        out.detail = std::move(detail);
    }

    Composer* composer_;
    const SurveyOptions& options_;
    const IsSuppressed& is_suppressed_;
    const std::function<void(PlanRow&&)>& sink_;
    SurveyCounts counts_;
    FaultTally tally_;
};

}  // namespace

SurveyCounts survey(Audience& audience, Composer* composer, const SurveyOptions& options,
                    const IsSuppressed& is_suppressed, const std::function<void(PlanRow&&)>& sink,
                    Findings& findings) {
    Surveyor surveyor(composer, options, is_suppressed, sink);
    Findings rows;
    audience.for_each([&](const AudienceRow& row) { surveyor.person(row); },
                      [&](const InvalidRow& row) { surveyor.invalid(row); }, rows);
    SurveyCounts counts = surveyor.finish(findings);
    counts.duplicates = audience.duplicates();
    // What is wrong with a whole file stays an error, whatever may be skipped.
    bool only_rows = std::all_of(rows.all().begin(), rows.all().end(), [](const Finding& finding) {
        return is_row_fault(finding.id) || finding.severity == Severity::kWarning;
    });
    findings.append(rows, options.skip_invalid && only_rows);
    return counts;
}

}  // namespace tocsin
