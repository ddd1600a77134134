// Keeps a secret that somebody wrote into tocsin.yaml out of excerpts.
#pragma once

#include "base/diagnostic.h"

namespace tocsin {

// The same text, with what stands behind `password:`, `secret:` and the like in a line replaced by
// `*`, unless it is a map (`{env: …}`). Offsets stay.
SourceText mask_secrets(const SourceText& source);

}  // namespace tocsin
