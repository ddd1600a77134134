// Which occurrences of a recurring campaign have come due.
#pragma once

#include "agenda/agenda.h"

namespace tocsin {

// After `settled`, until `now`. The latest is to go out; those before it are missed: two mails of
// one campaign at once help nobody.
SeriesState came_due(const Schedule& schedule, WallTime settled, WallTime now);

}  // namespace tocsin
