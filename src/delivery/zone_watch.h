// An audience that notes, while it is read, by whose clocks its people go.
#pragma once

#include <map>
#include <string>

#include "audience/audience.h"
#include "delivery/recipient_zones.h"

namespace tocsin {

// Of the people who are not excluded.
struct ZoneTally {
    std::map<std::string, std::size_t> people{};  // by zone; empty: the campaign's
    std::size_t unknown = 0;                      // whose cell names no zone that there is
    std::string first_unknown{};                  // the first such cell, and where it is
    Place first_place{};
};

class ZoneWatch : public Audience {
  public:
    // Both outlive it.
    ZoneWatch(Audience& audience, const Schedule* schedule)
        : audience_(audience), zones_(schedule, audience.columns()) {}

    // Of the last `for_each`.
    const ZoneTally& tally() const { return tally_; }
    bool has_column() const { return zones_.column().has_value(); }

    const Columns& columns() const override { return audience_.columns(); }
    void for_each(const std::function<void(AudienceRow&)>& person,
                  const std::function<void(const InvalidRow&)>& invalid,
                  Findings& findings) override;
    std::size_t duplicates() const override { return audience_.duplicates(); }

  private:
    void look(const AudienceRow& row);

    Audience& audience_;
    RecipientZones zones_;
    ZoneTally tally_;
};

}  // namespace tocsin
