#include "delivery/recipient_zones.h"

#include <algorithm>

#include "base/text.h"

namespace tocsin {
namespace {

// Of all names that there are some 600 are time zones. A column of something else must not fill
// the memory.
constexpr std::size_t kMostKnown = 4'096;
const std::string kCampaigns;

}  // namespace

RecipientZones::RecipientZones(const Schedule* schedule, const Columns& columns)
    : wanted_(schedule != nullptr && schedule->by_recipient) {
    auto found = std::ranges::find(columns, kZoneColumn);
    if (wanted_ && found != columns.end()) {
        column_ = static_cast<std::size_t>(found - columns.begin());
    }
}

const std::string& RecipientZones::of_cells(const std::vector<std::string>& cells) {
    if (!column_ || *column_ >= cells.size()) return kCampaigns;
    return look_up(cells[*column_]);
}

const std::string& RecipientZones::look_up(const std::string& cell) {
    auto found = known_.find(cell);
    if (found != known_.end()) return found->second;
    if (known_.size() >= kMostKnown) known_.clear();
    const std::string_view name = trim(cell);
    const bool is_zone = !name.empty() && Zone::find(name).has_value();
    return known_.emplace(cell, is_zone ? name : "").first->second;
}

}  // namespace tocsin
