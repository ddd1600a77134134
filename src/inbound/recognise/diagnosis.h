// What a refusal that is told in a report means for the address.
#pragma once

#include <string>
#include <string_view>

#include "model/feedback.h"

namespace tocsin {

// By what a diagnosis was made: the greater, the surer.
enum class Ground {
    kNothing,
    kNumber,  // the basic code alone
    kHint,    // a vague code, words that say little, or the command that was refused
    kClear    // a code that means one thing, or clear words
};

struct Diagnosis {
    BounceClass bounce = BounceClass::kNone;  // kNone: it tells nothing
    std::string status;                       // as told or, where that is vague, as the text means
    Ground ground = Ground::kNothing;
};

// `status` is what a report names apart from the text, or empty. `text` is what a server said, or
// the report's own words, in any language of the table (reasons.h).
Diagnosis diagnose(std::string_view status, std::string_view text);

// For text that is compared with a table: ASCII letters in lower case, blanks and line ends as one
// space, typographic quotes as ASCII ones.
std::string comparable(std::string_view text);

}  // namespace tocsin
