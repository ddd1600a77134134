#include "delivery/rates/pace.h"

namespace tocsin {

Pace::Pace(const Rate& rate) : count_(rate.count), period_(rate.period) {}

void Pace::take(Microseconds at) {
    if (at > next_) {
        next_ = at;
        part_ = 0;
    }
    next_ += Microseconds(period_.count() / count_);
    part_ += period_.count() % count_;
    if (part_ < count_) return;
    part_ -= count_;
    ++next_;
}

void Pace::change(const Rate& rate) {
    round_up();
    count_ = rate.count;
    period_ = rate.period;
}

void Pace::round_up() {
    next_ += Microseconds(part_ != 0 ? 1 : 0);
    part_ = 0;
}

RateRecord::Entry Pace::save() const {
    return {"pace", {count_, period_.count(), next_.count(), part_}};
}

void Pace::load(const RateRecord& record, const Moment& now) {
    next_ = Microseconds{0};
    part_ = 0;
    for (const RateRecord::Entry& entry : record.entries) {
        if (entry.kind != "pace" || entry.numbers.size() != 4) continue;
        next_ = Microseconds(entry.numbers[2]) + shift(record, now);
        part_ = entry.numbers[3];
        bool same = entry.numbers[0] == count_ && entry.numbers[1] == period_.count();
        if (!same || part_ < 0 || part_ >= count_) {  // the rate was edited meanwhile
            round_up();
        }
        // Nobody reserves further ahead: such a time comes from a snapshot, or is nonsense.
        next_ = std::min(next_, now.boot + kFarthestAhead + period_);
    }
}

void Pace::spend(Microseconds now) {
    take(now + kFarthestAhead);
}

}  // namespace tocsin
