#include "delivery/skipped_rows.h"

#include <algorithm>

namespace tocsin {
namespace {

// The detail of a bad row begins with its place, and so does its key.
std::string why(const PlanRow& row) {
    const std::string place = row.key + ": ";
    return row.detail.starts_with(place) ? row.detail.substr(place.size()) : row.detail;
}

}  // namespace

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
    bool is_bad_row = row.skip == SkipReason::kInvalid;
    Group& group = group_of(row.skip, is_bad_row ? why(row) : row.detail);
    ++group.count;
    if (is_bad_row && group.places.size() < kMostPlaces) group.places.push_back(row.key);
}

std::vector<SkippedRows::Group> SkippedRows::groups() const {
    std::vector<Group> sorted = groups_;
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const Group& a, const Group& b) { return a.reason < b.reason; });
    return sorted;
}

}  // namespace tocsin
