#include "delivery/rates/budget.h"

#include <utility>

namespace tocsin {
namespace {

std::int64_t floor_division(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

std::int64_t ceiling_division(std::int64_t a, std::int64_t b) {
    return -floor_division(-a, b);
}

}  // namespace

Budget::Budget(const Rate& rate, Microseconds late)
    : count_(rate.count), period_(rate.period), late_(late) {}

std::int64_t Budget::part_of(Microseconds at) const {
    return floor_division(at.count() * kParts, period_.count());
}

Microseconds Budget::begin_of(std::int64_t part) const {
    return Microseconds(ceiling_division(part * period_.count(), kParts));
}

std::size_t Budget::index(std::int64_t part) {
    std::int64_t rest = part % kKept;
    return static_cast<std::size_t>(rest < 0 ? rest + kKept : rest);
}

Microseconds Budget::earliest(Microseconds from) const {
    if (total_ < count_ || first_in(from) > newest_) return from;
    std::int64_t first = std::max(first_in(from), newest_ - kKept + 1);
    std::int64_t left = 0;
    for (std::int64_t part = first; part <= newest_; ++part) left += taken(part);
    if (left < count_) return from;
    for (; left >= count_; ++first) left -= taken(first);
    return begin_of(first) + period_ + late_;
}

void Budget::add(std::int64_t part, std::int64_t count) {
    for (std::int64_t fresh = std::max(newest_ + 1, part - kKept + 1); fresh <= part; ++fresh) {
        total_ -= std::exchange(taken(fresh), 0);
    }
    newest_ = std::max(newest_, part);
    if (part <= newest_ - kKept) return;
    taken(part) += count;
    total_ += count;
}

void Budget::give_back(Microseconds at) {
    const std::int64_t part = part_of(at);
    if (part > newest_ || part <= newest_ - kKept || taken(part) == 0) return;
    --taken(part);
    --total_;
}

void Budget::forget() {
    taken_.fill(0);
    total_ = 0;
    newest_ = 0;
}

RateRecord::Entry Budget::save() const {
    RateRecord::Entry entry{"budget", {period_.count()}};
    for (std::int64_t part = newest_ - kKept + 1; part <= newest_; ++part) {
        if (taken(part) == 0) continue;
        entry.numbers.push_back(part);
        entry.numbers.push_back(taken(part));
    }
    return entry;
}

void Budget::load(const RateRecord& record, const Moment& now) {
    forget();
    for (const RateRecord::Entry& entry : record.entries) {
        const auto& numbers = entry.numbers;
        bool mine =
            entry.kind == "budget" && numbers.size() % 2 == 1 && numbers[0] == period_.count();
        if (!mine) continue;
        // Rounded to the later sixtieth; and nobody reserves further ahead.
        std::int64_t later = ceiling_division(shift(record, now).count() * kParts, period_.count());
        std::int64_t last = part_of(now.boot + kFarthestAhead);
        for (std::size_t i = 1; i < numbers.size(); i += 2) {
            add(std::min(numbers[i] + later, last), std::max<std::int64_t>(numbers[i + 1], 0));
        }
    }
}

void Budget::spend(Microseconds now) {
    forget();
    add(part_of(now + kFarthestAhead), count_);
}

}  // namespace tocsin
