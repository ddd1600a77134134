// Sentences whose first word may be a merge field.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::templating {

// The first character after leading white space in upper case, if it is a small letter of the
// Latin, Greek, Cyrillic or Armenian alphabet; the rest as it was. Does not depend on the locale.
std::string capitalize(std::string_view text);

}  // namespace tocsin::templating
