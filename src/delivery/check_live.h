// The part of `check` that asks a server: only where `--connect` allows it.
#pragma once

#include "base/diagnostic.h"
#include "model/workspace.h"

namespace tocsin {

// Proves that `unsubscribe.url` answers and knows our key; otherwise adds a warning, or an error
// where `require_live` holds. Nothing where there is no URL.
void check_live(const Workspace& workspace, Findings& findings);

}  // namespace tocsin
