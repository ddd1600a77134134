#include "delivery/zone_watch.h"

#include "base/text.h"

namespace tocsin {

void ZoneWatch::for_each(const std::function<void(AudienceRow&)>& person,
                         const std::function<void(const InvalidRow&)>& invalid,
                         Findings& findings) {
    tally_ = {};
    audience_.for_each(
        [&](AudienceRow& row) {
            look(row);
            person(row);
        },
        invalid, findings);
}

void ZoneWatch::look(const AudienceRow& row) {
    if (!zones_.wanted() || row.excluded) return;
    const std::vector<std::string>& cells = row.recipient.cells;
    const std::string& zone = zones_.of_cells(cells);
    ++tally_.people[zone];
    if (!zone.empty() || !has_column()) return;
    const std::string_view cell = trim(cells[*zones_.column()]);
    if (cell.empty()) return;
    if (tally_.unknown++ > 0) return;
    tally_.first_unknown = cell;
    tally_.first_place = row.place;
}

}  // namespace tocsin
