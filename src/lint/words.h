// Words by which a mail's duties are recognised, in the languages of campaigns. Generous: a false
// alarm teaches people to ignore the lint.
#pragma once

#include <string_view>

namespace tocsin {

// All texts in lower case, NFC.

// "How we use your data", "Datenschutz", "/privacy": what leads to a privacy notice.
bool speaks_of_privacy(std::string_view text);
// "You get this mail because …"
bool gives_reason(std::string_view text);
// Whether `gives_reason` knows the language of a `lang` attribute; of none, it may.
bool knows_reasons(std::string_view lang);

}  // namespace tocsin
