// Mail addresses in headers and free text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

// The addresses in a text, in order, without what stands around them; at most `most`. Whatever
// looks like local@domain counts: nothing is verified.
std::vector<std::string> addresses_in(std::string_view text, std::size_t most);

// "<id1@host> <id2@host>" → the ids, without brackets; at most `most`.
std::vector<std::string> message_ids_in(std::string_view text, std::size_t most);

}  // namespace tocsin
