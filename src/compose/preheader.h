// The preheader: the line that an inbox shows after the subject, hidden in the mail itself.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tocsin {

// Puts `preheader`, escaped and hidden, right after the `<body …>` tag of `html`, or at its
// beginning where there is none. Invisible filler follows it, so that inboxes do not go on with the
// mail's first words.
struct Inserted {
    std::size_t begin, length;  // of what was put in, in bytes of the new `html`
};
Inserted insert_preheader(std::string& html, std::string_view preheader);

}  // namespace tocsin
