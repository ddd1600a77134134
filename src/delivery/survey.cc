#include "delivery/survey.h"

#include <algorithm>
#include <exception>
#include <thread>
#include <vector>

#include "delivery/batch_reader.h"
#include "delivery/batch_ring.h"
#include "delivery/fault_tally.h"

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

// Why the mails of the batch's planned rows cannot be rendered.
void judge(SurveyBatch& batch, Composer& composer, bool render_all) {
    for (std::size_t i = 0; i < batch.size; ++i) {
        const PlanRow& row = batch.rows[i];
        if (row.skip != SkipReason::kNone) continue;
        const Mailbox& address = *batch.about[i].address;
        batch.about[i].fault = composer.fault(address, row.cells);
        // The time does not matter: nobody sees these bytes.
        if (render_all && !batch.about[i].fault) composer.preview(address, row.cells, WallTime{});
    }
}

void judge_batches(BatchRing& ring, const Composer& like, bool render_all) {
    std::unique_ptr<Composer> composer;
    while (SurveyBatch* batch = ring.to_judge()) {
        if (!composer) composer = like.another();
        judge(*batch, *composer, render_all);
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
    Taker(const SkipSuppressed& skip_suppressed, const std::function<void(const PlanRow&)>& sink)
        : skip_suppressed_(skip_suppressed), sink_(sink) {}

    void take(SurveyBatch& batch) {
        skip_suppressed_(std::span(batch.rows).first(batch.size));
        for (std::size_t i = 0; i < batch.size; ++i) settle(batch.rows[i], batch.about[i]);
    }

    const SurveyCounts& counts() const { return counts_; }
    const FaultTally& faults() const { return faults_; }

  private:
    void settle(PlanRow& row, const SurveyBatch::About& about) {
        if (row.skip == SkipReason::kNone && about.fault) {
            row.skip = SkipReason::kBroken;
            row.detail = shown_line(about.fault->place) + ": " + about.fault->message;
            faults_.add(*about.fault, about.place);
        }
        if (row.skip != SkipReason::kNone) row.cells.clear();
        ++count_of(counts_, row.skip);
        sink_(row);
    }

    const SkipSuppressed& skip_suppressed_;
    const std::function<void(const PlanRow&)>& sink_;
    SurveyCounts counts_;
    FaultTally faults_;
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
                    const std::function<void(const PlanRow&)>& sink, Findings& findings) {
    const unsigned threads = judges(composer, options);
    Findings rows;
    Taker taker(skip_suppressed, sink);
    {
        BatchRing ring(kBatches + 2 * threads, threads > 0);
        Crew crew(ring);
        crew.start([&] { read_batches(audience, ring, rows); });
        for (unsigned i = 0; i < threads; ++i) {
            crew.start([&] { judge_batches(ring, *composer, options.render_all); });
        }
        while (SurveyBatch* batch = ring.to_take()) {
            taker.take(*batch);
            ring.taken();
        }
    }
    taker.faults().report(options.skip_broken ? Severity::kWarning : Severity::kError, findings);
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
