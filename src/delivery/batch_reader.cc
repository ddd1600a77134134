#include "delivery/batch_reader.h"

#include <utility>

namespace tocsin {
namespace {

// Nobody wants the rest of the lists.
struct Stopped {};

class BatchReader {
  public:
    explicit BatchReader(BatchRing& ring) : ring_(ring) {}

    // Takes the row's texts and leaves it earlier ones, whose memory is used again.
    void person(AudienceRow& person) {
        SurveyBatch& batch = next();
        PlanRow& row = batch.rows[batch.size - 1];
        SurveyBatch::About& about = batch.about[batch.size - 1];
        row.address = person.recipient.address.written();
        row.key = person.recipient.address.key();
        row.skip = person.excluded ? SkipReason::kExcluded : SkipReason::kNone;
        row.detail = person.excluded_by;
        std::swap(row.cells, person.recipient.cells);
        about.address = std::move(person.recipient.address);
        about.place = person.place;
        finish_row(row);
    }

    void invalid(const InvalidRow& invalid) {
        SurveyBatch& batch = next();
        PlanRow& row = batch.rows[batch.size - 1];
        row.address = invalid.text;
        row.key = shown_line(invalid.place);
        row.skip = SkipReason::kInvalid;
        row.detail = row.key + ": " + invalid.why;
        finish_row(row);
    }

    void finish() {
        if (batch_ != nullptr) ring_.filled();
        ring_.end();
    }

  private:
    SurveyBatch& next() {
        if (batch_ == nullptr) {
            batch_ = ring_.to_fill();
            if (batch_ == nullptr) throw Stopped();
            batch_->clear();
        }
        batch_->extend();
        return *batch_;
    }

    void finish_row(const PlanRow& row) {
        batch_->about[batch_->size - 1].fault.reset();
        batch_->bytes += row.address.size() + row.detail.size();
        for (const std::string& cell : row.cells) batch_->bytes += cell.size();
        if (!batch_->full()) return;
        ring_.filled();
        batch_ = nullptr;
    }

    BatchRing& ring_;
    SurveyBatch* batch_ = nullptr;
};

}  // namespace

std::string shown_line(const Place& place) {
    return place.file + ":" + std::to_string(place.line);
}

void read_batches(Audience& audience, BatchRing& ring, Findings& findings) {
    BatchReader reader(ring);
    try {
        audience.for_each([&](AudienceRow& row) { reader.person(row); },
                          [&](const InvalidRow& row) { reader.invalid(row); }, findings);
        reader.finish();
    } catch (const Stopped&) {
    }
}

}  // namespace tocsin
