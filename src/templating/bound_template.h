// Renders a bound program for one recipient after the other.
#pragma once

#include <memory>

#include "templating/binder.h"

namespace tocsin::templating {

std::unique_ptr<BoundTemplate> make_bound_template(Bound bound);

}  // namespace tocsin::templating
