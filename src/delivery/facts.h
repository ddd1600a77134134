// Short facts by name, "transport.host" → "smtp.harbour.example": what a plan or an approval keeps
// of things that may change later, so that the change can be told in the user's words.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

using Facts = std::map<std::string, std::string>;

// The value of what is too long to be kept: changes of it are noticed, and not shown.
std::string digest_fact(std::string_view bytes);

// Equal facts give equal bytes. Values that are no UTF-8 are kept as digests.
std::string serialise(const Facts& facts);
// The empty string is no facts. Throws LedgerError where the bytes are not `serialise`'s.
Facts parse_facts(std::string_view bytes);

// One line each, by name: "`subject` was “Act now”, and is “Act today”", "templates/a.mustache has
// changed", "lists/b.csv is new".
std::vector<std::string> changes(const Facts& then, const Facts& now);

}  // namespace tocsin
