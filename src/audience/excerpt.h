// Pieces of lists as they may stand in a finding, a report or the ledger.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tocsin {

// `text` with `?` in place of each byte that is not part of well-formed UTF-8, so that columns
// still fit.
std::string well_formed(std::string_view text);

// At most `most` bytes of `text` on one line, well-formed and without control characters; `…` at
// the end where something was cut off.
std::string shortened(std::string_view text, std::size_t most = 80);

}  // namespace tocsin
