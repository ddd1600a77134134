// `timezone: recipient`: by whose clocks each person's mail goes out.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "calendar/schedule.h"
#include "ledger/plan.h"

namespace tocsin {

// The column that names a person's time zone.
inline constexpr std::string_view kZoneColumn = "timezone";

class RecipientZones {
  public:
    // Without a schedule, or where it does not go by recipients, nobody has a zone.
    RecipientZones(const Schedule* schedule, const Columns& columns);

    bool wanted() const { return wanted_; }
    // The name of the person's time zone, or empty where their cell is empty, or no name that the
    // system knows: they go by the campaign's.
    const std::string& of(const PlanRow& row) { return of_cells(row.cells); }
    const std::string& of_cells(const std::vector<std::string>& cells);
    // The place of the column among the cells, if there is one and it is wanted.
    std::optional<std::size_t> column() const { return column_; }

  private:
    const std::string& look_up(const std::string& cell);

    bool wanted_ = false;
    std::optional<std::size_t> column_;
    std::unordered_map<std::string, std::string> known_;  // by cell
};

}  // namespace tocsin
