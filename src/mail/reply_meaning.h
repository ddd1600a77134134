// What the codes and texts of a refusal mean: data, and the look-up. delivery/policy.cc draws the
// consequences of live replies, inbound/ of bounces; docs/delivery.md has the tables for people.
#pragma once

#include <string>
#include <string_view>

#include "mail/smtp_reply.h"

namespace tocsin {

// What a reply speaks of. Whether there is another try is the basic code's to say, whatever this
// is: 4yz is retried, 5yz is not.
enum class About {
    kNothingKnown,
    kNoMailbox,  // the address takes no mail, for good
    kFull,       // full, or too small for this mail: some other day, perhaps
    kMailbox,    // a passing trouble of this one mailbox: nobody else need wait
    kGreylist,   // comes back after a while
    kThrottle,   // too fast for the receiver, or a passing trouble of all of it
    kPolicy,     // the receiver takes it for spam, or its policy forbids it
    kMessage,    // routing, protocol or content: this mail fails, the address is good
    kBlock,      // the receiver blocks our server
    kSender,     // login, address, SPF, DKIM, DMARC, PTR, TLS, quota: every mail would fail
};

struct Meaning {
    About about = About::kNothingKnown;
    std::string_view says;  // for people
};

inline constexpr Meaning kRefusesSender{About::kSender, "the server refuses this sender"};

// A reply's text as the rules take it: in lower case, without the words that hold an `@`, for an
// address must not be taken for what the server says of it.
std::string rule_text(const std::string& text);

// The meaning of a 4yz or 5yz reply (of others, nothing). `text` is its rule_text. Texts outrank
// enhanced codes, and these the basic code.
Meaning meaning_of(const SmtpReply& reply, std::string_view text);

}  // namespace tocsin
