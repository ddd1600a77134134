#include "ledger/sqlite/candidates.h"

#include <algorithm>

#include "ledger/sqlite/schema.h"

namespace tocsin::sqlite {
namespace {

constexpr std::int64_t kReadAtOnce = 64;
constexpr std::int64_t kLeastReadAtOnce = 8;  // of one of many zones

// Retries by their time, before planned rows by their place; null is last.
bool goes_before(const Candidate* one, const Candidate* other) {
    if (one == nullptr || other == nullptr) return other == nullptr && one != nullptr;
    auto due = [](const Candidate& of) { return of.not_before.value_or(WallTime::max()); };
    return std::pair(due(*one), one->row.id) < std::pair(due(*other), other->row.id);
}

const Candidate* first_of(ZoneQueue& queue) {
    queue.read_ahead();
    return queue.first_retry() != nullptr ? queue.first_retry() : queue.first_planned();
}

}  // namespace

Candidates::Candidates(Connection& connection, const Plan& plan)
    : connection_(connection), plan_(plan) {
    const auto zones = read_zones(connection, plan);
    if (zones.empty()) queues_.try_emplace(0, connection, plan, std::nullopt, kReadAtOnce);
    auto share = kReadAtOnce / std::max<std::int64_t>(1, std::ssize(zones));
    for (const Zone& zone : zones)
        queues_.try_emplace(zone.number, connection, plan, zone, std::max(share, kLeastReadAtOnce));
}

void Candidates::look(WallTime now) {
    for (auto due = late_.begin(); due != late_.end() && due->first <= now;
         due = late_.erase(due)) {
        returned_.insert(due->second);
    }
    open_.clear();
    for (auto& [number, queue] : queues_) {
        if (!queue.is_open(now)) continue;
        queue.look_for_retries(now);
        open_.push_back(&queue);
    }
}

std::optional<Candidate> Candidates::next() {
    if (auto candidate = next_given_back()) return candidate;
    ZoneQueue* first = nullptr;
    const Candidate* best = nullptr;
    for (ZoneQueue* queue : open_) {
        const Candidate* candidate = first_of(*queue);
        if (!goes_before(candidate, best)) continue;
        first = queue;
        best = candidate;
    }
    if (first == nullptr) return std::nullopt;
    return first->first_retry() != nullptr ? first->take_retry() : first->take_planned();
}

std::optional<Candidate> Candidates::next_given_back() {
    while (!returned_.empty()) {
        RowId id = *returned_.begin();
        returned_.erase(returned_.begin());
        if (auto candidate = read(id)) return candidate;
    }
    if (put_back_.empty()) return std::nullopt;
    Candidate candidate = std::move(put_back_.front());
    put_back_.pop_front();
    return candidate;
}

std::optional<Candidate> Candidates::read(RowId id) {
    Query row = connection_.query("SELECT " CANDIDATE_COLUMNS
                                  "FROM recipient WHERE id = ? AND state IN (0, 4) "
                                  "AND claim IS NULL",
                                  id);
    if (!row.step()) return std::nullopt;
    return read_candidate(row);
}

// What is deferred anew comes due later than all that has passed, but where the clock was set back.
void Candidates::defer(RowId id, WallTime until) {
    for (auto& [number, queue] : queues_) queue.expect_retry(until);
    auto passed = [&](const auto& queue) { return queue.second.has_passed(until, id); };
    if (std::none_of(queues_.begin(), queues_.end(), passed)) return;
    if (queue_of(id).has_passed(until, id)) late_.emplace(until, id);
}

const ZoneQueue& Candidates::queue_of(RowId id) {
    if (queues_.size() == 1) return queues_.begin()->second;
    return queues_.at(connection_.integer(0, "SELECT zone FROM recipient WHERE id = ?", id));
}

std::uint32_t Candidates::place(RowId id) const {
    return static_cast<std::uint32_t>(id - row_id(plan_.number, 0));
}

void Candidates::park(const std::string& group, RowId id) {
    parked_[group].push_back(place(id));
}

void Candidates::park_first(const std::string& group, RowId id) {
    parked_[group].push_front(place(id));
}

std::optional<Candidate> Candidates::unpark(const std::string& group) {
    auto found = parked_.find(group);
    if (found == parked_.end()) return std::nullopt;
    std::optional<Candidate> candidate;
    while (!candidate && !found->second.empty()) {
        candidate = read(row_id(plan_.number, found->second.front()));
        found->second.pop_front();
    }
    if (found->second.empty()) parked_.erase(found);
    return candidate;
}

}  // namespace tocsin::sqlite
