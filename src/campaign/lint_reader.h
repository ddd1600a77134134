// `lint` of tocsin.yaml and of campaign files.
#pragma once

#include "campaign/node.h"
#include "model/lint.h"

namespace tocsin {

// The ids of `{ignore: [id]}`. One that is no rule of the lint is a finding "unknown-lint": it
// would overlook nothing, and its writer thinks that it does.
LintIgnore read_lint_ignore(const Node& node);

}  // namespace tocsin
