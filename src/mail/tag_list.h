// Tag lists as records of DKIM and DMARC have them: "v=DKIM1; k=rsa; p=…" (RFC 6376 section 3.2).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

// Names in lower case, values without blanks at their ends. Nothing where it is no such list: a
// part without `=`, an empty name, a name twice.
std::optional<std::map<std::string, std::string>> parse_tag_list(std::string_view text);

}  // namespace tocsin
