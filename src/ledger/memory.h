// A ledger that is gone with the process: the model in tests that a stored one is held against.
#pragma once

#include <memory>

#include "ledger/ledger.h"

namespace tocsin {

std::unique_ptr<Ledger> make_memory_ledger();

}  // namespace tocsin
