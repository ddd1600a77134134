// Whose unsubscribe link a URL is.
#pragma once

#include <string_view>

#include "lint/target.h"
#include "model/workspace.h"

namespace tocsin {

enum class UnsubscribeTarget {
    kNone,     // some other URL
    kOwn,      // of the person who reads: in a mail for nobody, with the harmless word as its token
    kView,     // the mail in the browser, with the same token
    kForeign,  // it carries some other token: somebody's
    kBare,     // without a token: it unsubscribes nobody
};

UnsubscribeTarget unsubscribe_target(const Target& target, const UnsubscribeSettings& settings);

}  // namespace tocsin
