// Unsubscribe links in a mail that was rendered with `kHarmless` in the place of a token: whose
// they are.
#pragma once

#include <string_view>

#include "model/workspace.h"

namespace tocsin {

enum class LeaveLink {
    kNone,     // leads elsewhere
    kOwn,      // becomes the recipient's: what `{{unsubscribe_url}}` gives
    kView,     // so does this, but only shows the mail: what `{{view_url}}` gives
    kForeign,  // holds a token: somebody's, out of another mail
};

// Of a URL of the mail, be it `https:` or `mailto:`. Tokens are known by their form alone
// (docs/tokens.md): whose a foreign one is nobody need ask.
LeaveLink leave_link(std::string_view url, const UnsubscribeSettings& settings);

}  // namespace tocsin
