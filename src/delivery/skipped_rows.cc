#include "delivery/skipped_rows.h"

#include <algorithm>

namespace tocsin {

SkippedRows::Group& SkippedRows::group_of(SkipReason reason, const std::string& detail) {
    std::size_t known = 0;
    Group* rest = nullptr;
    for (Group& group : groups_) {
        if (group.reason != reason) continue;
        if (group.detail == detail) return group;
        if (group.detail.empty()) rest = &group;
        ++known;
    }
    if (known >= kMostGroups && rest != nullptr) return *rest;
    groups_.push_back({reason, known >= kMostGroups ? "" : detail, 0, {}});
    return groups_.back();
}

void SkippedRows::add(const PlanRow& row) {
    if (row.skip == SkipReason::kNone) return;
    Group& group = group_of(row.skip, row.detail);
    ++group.count;
    bool has_place = row.skip == SkipReason::kInvalid && group.places.size() < kMostPlaces;
    if (has_place) group.places.push_back(row.key);
}

std::vector<SkippedRows::Group> SkippedRows::groups() const {
    std::vector<Group> sorted = groups_;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Group& a, const Group& b) { return a.reason < b.reason; });
    return sorted;
}

}  // namespace tocsin
