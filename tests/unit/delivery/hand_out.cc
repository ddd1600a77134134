#include "hand_out.h"

#include <tuple>

namespace tocsin {
namespace {

// Candidates that wait for the same limits, in their order.
struct Queue {
    GroupId group = kEverybodyElse;
    std::vector<std::size_t> candidates;
    std::size_t served = 0;
    bool empty() const { return served == candidates.size(); }
    std::size_t first() const { return candidates[served]; }
};

std::vector<Queue> queues_of(const RateBook& book, std::span<const GroupId> candidates) {
    std::vector<Queue> queues;
    std::unordered_map<GroupId, std::size_t> known;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        GroupId group = book.is_limited(candidates[i]) ? candidates[i] : kEverybodyElse;
        auto [entry, is_new] = known.try_emplace(group, queues.size());
        if (is_new) queues.push_back({group, {}, 0});
        queues[entry->second].candidates.push_back(i);
    }
    return queues;
}

struct Choice {
    Queue* queue = nullptr;  // none: all are served
    Microseconds slot{};
};

Choice soonest(std::vector<Queue>& queues, const RateBook& book, const Moment& now) {
    Choice best;
    for (Queue& queue : queues) {
        if (queue.empty()) continue;
        Microseconds slot = book.earliest(queue.group, now);
        bool better = best.queue == nullptr ||
                      std::tuple(slot, queue.first()) < std::tuple(best.slot, best.queue->first());
        if (better) best = {&queue, slot};
    }
    return best;
}

bool may_be_given(const RateBook& book, Microseconds slot, const Moment& now, Microseconds until) {
    if (slot > std::min(until, now.boot + kFarthestAhead)) return false;
    return slot <= now.boot + kNearlyDue || !book.leaves_gap(slot, now);
}

}  // namespace

HandOut hand_out(RateBook& book, std::span<const GroupId> candidates, std::size_t most,
                 const Moment& now, Microseconds until) {
    HandOut result;
    std::vector<Queue> queues = queues_of(book, candidates);
    for (;;) {
        Choice best = soonest(queues, book, now);
        if (best.queue == nullptr) return result;
        if (result.grants.size() == most || !may_be_given(book, best.slot, now, until)) {
            result.next = best.slot;
            return result;
        }
        book.take(best.queue->group, best.slot, now);
        result.grants.push_back({best.queue->first(), best.slot});
        ++best.queue->served;
    }
}

}  // namespace tocsin
