// Words of the user's files inside messages.
#pragma once

#include <string>
#include <string_view>

namespace tocsin {

// `word` in backquotes, cut where it is long.
std::string in_backquotes(std::string_view word);

}  // namespace tocsin
