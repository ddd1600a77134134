// Domain names as they stand in mail addresses.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "mail/address.h"

namespace tocsin {

// The domain in lower-case A-labels (UTS 46 non-transitional, RFC 5891), or why it is none:
// letters, digits and hyphens (RFC 5321 section 4.1.2; no underscore), at least two labels of up
// to 63 bytes, 253 bytes in all, a top-level label that is not a number, no trailing dot.
// `text` is valid UTF-8.
std::variant<std::string, Mailbox::Fault> ascii_domain(std::string_view text);

}  // namespace tocsin
