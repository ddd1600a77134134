// The words in which mail systems say why: data. The first row that occurs counts.
#pragma once

#include <span>
#include <string_view>

#include "mail/reply_meaning.h"

namespace tocsin {

struct Reason {
    std::string_view text;  // comparable() form
    About about;
    std::string_view status;  // an enhanced code of this meaning (RFC 3463)
};

// In the order in which they are asked.
std::span<const Reason> sender_reasons();   // our server, address, login
std::span<const Reason> mailbox_reasons();  // full, or nobody there
std::span<const Reason> message_reasons();  // what it is, where it goes, how long it took
std::span<const Reason> loose_reasons();    // words that say little

}  // namespace tocsin
