// What receivers and people say after a mail was accepted. It never changes a delivery state.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace tocsin {

// The numbers are stored in ledgers: append, never renumber.
enum class FeedbackKind {
    kBounce = 0,  // not delivered after all, for good
    kDelay = 1,   // still tried
    kComplaint = 2,
    kUnsubscribe = 3,
    kAutoReply = 4,
    kOther = 5,
    kDelivery = 6,  // the receiver took it
};
enum class BounceClass {
    kNone = 0,    // no bounce
    kHard = 1,    // the address takes no mail any more
    kSoft = 2,    // full and the like: some other day, perhaps
    kPolicy = 3,  // refused as spam or for the sender; the address may be good
};

// "bounce", "delay", "complaint", "unsubscribe", "auto_reply", "other", "delivery"
std::string_view name(FeedbackKind kind);
// "hard", "soft", "policy"; empty for kNone
std::string_view name(BounceClass bounce);

struct Feedback {
    // The same report read again has the same one, and is noted once.
    std::string id;
    std::string address;   // Mailbox::key(), or a name without `@` where only that is known
    std::int64_t row = 0;  // the recipient's row in the ledger, 0: unknown
    std::string campaign;  // the id, or empty
    FeedbackKind kind = FeedbackKind::kOther;
    BounceClass bounce = BounceClass::kNone;
    std::string status;  // "5.1.1", or empty
    std::string text;    // what was said, one printable line of at most 1,000 bytes; may be empty
    std::string source;  // "inbound file 1.eml", "webhook ses", "one-click", …: without secrets
    WallTime time{};     // when it was read
};

}  // namespace tocsin
