#include "calendar/shown_time.h"

#include <algorithm>

namespace tocsin {

std::string shown_in(const Zone& zone, WallTime time) {
    std::string text = shown(zone.local(time));
    std::ranges::replace(text, 'T', ' ');
    return text;
}

std::string shown_with_zone(const Zone& zone, WallTime time) {
    return shown(zone.local(time)) + " (" + zone.name() + ")";
}

}  // namespace tocsin
