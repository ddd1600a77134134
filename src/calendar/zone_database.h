// The system's tz database, as libhowardhinnant-date reads it: the compiled files of
// /usr/share/zoneinfo, each when it is first asked for, and no more until the process ends. Any
// thread may ask. Private to this module.
#pragma once

#include <date/tz.h>
#include <string_view>

namespace tocsin {

// Throws ConfigError where there is none, or one that would be wrong without a word: the library
// reads changes of the clocks one by one and not the rule for those to come, which is all that
// "slim" files have (zic's default; distributions compile with `-b fat`, up to 2037).
const date::tzdb& zone_database();

// The zone of that file, or null: also where it is no zone (zone_names.h), which the library does
// not know before it reads it.
const date::time_zone* zone_in(const date::tzdb& database, std::string_view name);

// Whether its clocks are known to change after this time.
bool changes_after(const date::time_zone& zone, date::sys_seconds time);

}  // namespace tocsin
