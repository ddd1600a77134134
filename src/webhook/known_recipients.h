// Which addresses were ever to be mailed.
#pragma once

#include <set>
#include <string>

#include "ledger/ledger.h"

namespace tocsin {

// Those of `keys` (Mailbox::key()) that are rows of any plan: one pass over all rows, about a
// microsecond each, for all keys together. None where there are no keys, without a pass.
std::set<std::string> known_recipients(Ledger& ledger, std::set<std::string> keys);

}  // namespace tocsin
