// Who of a plan gets no mail, and why: gathered while it is written.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ledger/plan.h"

namespace tocsin {

class SkippedRows {
  public:
    // People who are skipped for one reason with one detail: one list that excludes, one fault.
    struct Group {
        SkipReason reason = SkipReason::kNone;
        std::string detail;  // empty where not known, or where there are too many
        std::size_t count = 0;
        std::vector<std::string> places;  // "lists/members.csv:12", of bad rows; the first ones
    };
    static constexpr std::size_t kMostPlaces = 10;
    static constexpr std::size_t kMostGroups = 50;  // of one reason; the rest is one group

    // Rows that are not skipped may be given, too.
    void add(const PlanRow& row);
    // By reason, then in the order of their first rows.
    std::vector<Group> groups() const;

  private:
    Group& group_of(SkipReason reason, const std::string& detail);
    std::vector<Group> groups_;
};

}  // namespace tocsin
