// The outcome of an attempt as a short byte string, for the flight recorder.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "ledger/ledger.h"

namespace tocsin {

// At most `most` bytes: what the server said is cut where it must be.
std::string outcome_text(const RowOutcome& outcome, std::size_t most);
// Nothing where `text` did not come from `outcome_text`.
std::optional<RowOutcome> parse_outcome(std::string_view text);

}  // namespace tocsin
