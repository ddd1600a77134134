#include "delivery/survey.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "delivery/batch_reader.h"
#include "delivery/batch_ring.h"
#include "delivery/person_tally.h"

namespace tocsin {
namespace {

constexpr std::size_t kBatches = 4;  // and two for each judge

// Ends with its threads joined, whatever happens.
class Crew {
  public:
    explicit Crew(BatchRing& ring) : ring_(ring) {}
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;
    ~Crew() { ring_.stop(); }

    template <class Work>
    void start(Work work) {
        threads_.emplace_back([this, work] {
            try {
                work();
            } catch (...) {
                ring_.fail(std::current_exception());
            }
        });
    }

  private:
    BatchRing& ring_;
    std::vector<std::jthread> threads_;
};

// One thread's look at people: why their mails cannot be rendered, and what the lint sees.
class Judge {
  public:
    Judge(std::unique_ptr<Composer> composer, const AudienceLint* lint, bool render_all)
        : composer_(std::move(composer)), lint_(lint), render_all_(render_all) {}

    void judge(SurveyBatch& batch) {
        for (std::size_t i = 0; i < batch.size; ++i) {
            if (batch.rows[i].skip == SkipReason::kNone) judge(batch.rows[i], batch.about[i]);
        }
    }

  private:
    void judge(const PlanRow& row, SurveyBatch::About& about) {
        about.fault = composer_->fault(*about.address, row.cells, subject_);
        if (about.fault) return;
        const bool rendered = render_all_ || (lint_ != nullptr && lint_->wants_mail(row.cells));
        if (rendered) mail_ = composer_->parts(*about.address, row.cells);
        // The time does not matter: nobody sees these bytes.
        if (render_all_) composer_->preview_of(*about.address, mail_, WallTime{});
        if (lint_ == nullptr) return;
        lint_->look(row.cells, subject_, rendered ? &mail_ : nullptr, about.sight);
    }

    std::unique_ptr<Composer> composer_;
    const AudienceLint* lint_;
    const bool render_all_;
    std::string subject_;
    Rendered mail_;
};

void judge_batches(BatchRing& ring, const Composer& like, const AudienceLint* lint,
                   bool render_all) {
    std::optional<Judge> judge;
    while (SurveyBatch* batch = ring.to_judge()) {
        if (!judge) judge.emplace(like.another(), lint, render_all);
        judge->judge(*batch);
        ring.judged(batch);
    }
}

std::size_t& count_of(SurveyCounts& counts, SkipReason reason) {
    switch (reason) {
        case SkipReason::kExcluded:
            return counts.excluded;
        case SkipReason::kSuppressed:
            return counts.suppressed;
        case SkipReason::kInvalid:
            return counts.invalid;
        case SkipReason::kBroken:
            return counts.broken;
        default:
            return counts.people;
    }
}

// The last part: settles what becomes of each row.
class Taker {
  public:
    Taker(const SkipSuppressed& skip_suppressed, const std::function<void(PlanRow&)>& sink,
          PersonTally people)
        : skip_suppressed_(skip_suppressed), sink_(sink), people_(std::move(people)) {}

    void take(SurveyBatch& batch) {
        skip_suppressed_(std::span(batch.rows).first(batch.size));
        for (std::size_t i = 0; i < batch.size; ++i) settle(batch.rows[i], batch.about[i]);
    }

    const SurveyCounts& counts() const { return counts_; }
    const PersonTally& people() const { return people_; }

  private:
    void settle(PlanRow& row, const SurveyBatch::About& about) {
        if (row.skip == SkipReason::kNone) people_.settle(row, about);
        if (row.skip != SkipReason::kNone) row.cells.clear();
        ++count_of(counts_, row.skip);
        sink_(row);
    }

    const SkipSuppressed& skip_suppressed_;
    const std::function<void(PlanRow&)>& sink_;
    SurveyCounts counts_;
    PersonTally people_;
};

// To look for faults alone takes less time than to read; to render takes more than all the rest.
unsigned judges(const Composer* composer, const SurveyOptions& options) {
    if (composer == nullptr) return 0;
    if (!options.render_all) return 1;
    if (options.renderers > 0) return options.renderers;
    return std::max(1u, std::thread::hardware_concurrency());
}

}  // namespace

void skip_nobody(std::span<PlanRow>) {}

SurveyCounts survey(Audience& audience, const Composer* composer, const SurveyOptions& options,
                    const SkipSuppressed& skip_suppressed,
                    const std::function<void(PlanRow&)>& sink, Findings& findings,
                    const SurveyLint* lint) {
    const unsigned threads = judges(composer, options);
    Findings rows;
    Taker taker(skip_suppressed, sink, PersonTally(lint, options.skip_broken));
    const AudienceLint* watching = lint == nullptr ? nullptr : &lint->audience;
    {
        BatchRing ring(kBatches + 2 * threads, threads > 0);
        Crew crew(ring);
        crew.start([&] { read_batches(audience, ring, rows); });
        for (unsigned i = 0; i < threads; ++i) {
            crew.start([&] { judge_batches(ring, *composer, watching, options.render_all); });
        }
        while (SurveyBatch* batch = ring.to_take()) {
            taker.take(*batch);
            ring.taken();
        }
    }
    taker.people().report(findings);
    SurveyCounts counts = taker.counts();
    counts.duplicates = audience.duplicates();
    // What is wrong with a whole file stays an error, whatever may be skipped.
    bool only_rows = std::all_of(rows.all().begin(), rows.all().end(), [](const Finding& finding) {
        return is_row_fault(finding.id) || finding.severity == Severity::kWarning;
    });
    findings.append(rows, options.skip_invalid && only_rows);
    return counts;
}

}  // namespace tocsin
