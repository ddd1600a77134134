// Time zones by their names in the tz database, which is the system's. Any thread may use them.
//
// The database's compiled files say nothing of the years after 2037: a zone then keeps the time
// that it has at the end of that year, which in most is winter time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "calendar/local_time.h"

namespace date {
class time_zone;
}

namespace tocsin {

class Zone {
  public:
    // UTC.
    Zone();
    // "Europe/London", exactly as the database writes it, links of it too, as far as they are
    // installed (Debian has US/Eastern and the like in `tzdata-legacy` from 13 on). Not
    // `localtime`, which is another one on another machine. Quick enough for each row of a list.
    // Throws ConfigError where the system has no database, or one without the years to come.
    static std::optional<Zone> find(std::string_view name);
    // The name that was perhaps meant ("London", "europe/lodnon"), or empty.
    static std::string like(std::string_view name);

    const std::string& name() const { return name_; }
    // When the clocks there show this. Where they skip it: when they have skipped it, so that all
    // of a skipped hour is its end. Where they show it twice: the first time.
    WallTime instant(LocalMinute local) const;
    // What the clocks there show then, whole minutes.
    LocalMinute local(WallTime instant) const;
    // By name: GB is not Europe/London.
    friend bool operator==(const Zone& a, const Zone& b) { return a.zone_ == b.zone_; }

  private:
    Zone(std::string name, const date::time_zone* zone) : name_(std::move(name)), zone_(zone) {}

    std::string name_;
    const date::time_zone* zone_;
};

}  // namespace tocsin
