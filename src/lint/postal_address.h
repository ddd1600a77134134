// The organisation's postal address in what readers see.
#pragma once

#include <string_view>

namespace tocsin {

// Whether `text` has the words of `address` in their order: lines, commas and dots between them may
// differ, and capitals.
bool shows_address(std::string_view text, std::string_view address);

}  // namespace tocsin
