// Who must not be mailed, and why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/clock.h"

namespace tocsin {

// The scope of an entry that holds for every list.
inline constexpr char kEverything[] = "all";
// The source of an entry that a server's reply to one of our mails gave.
inline constexpr char kFromReply[] = "reply";
// The sources of what people chose with our links.
inline constexpr char kFromOneClick[] = "one-click";
inline constexpr char kFromPage[] = "unsubscribe page";
inline constexpr char kFromMail[] = "unsubscribe mail";
// Begins the source of what a provider told: "webhook postmark". Who left by a link of its was a
// person, too.
inline constexpr char kFromWebhook[] = "webhook ";

struct Suppression {
    std::string address;  // Mailbox::key(), or a hashed name (mail/address_names.h)
    std::string scope;    // a list's name, or kEverything
    std::string reason;   // "unsubscribe", "pause", "bounce", "complaint", "manual", "import", …
    std::string source;   // "command line", "file lists/suppressed.csv", kFromReply, …
    WallTime time{};
    std::string campaign;             // the id, or empty
    std::optional<WallTime> until{};  // a pause: from then on it blocks nobody
};

// The numbers are stored in ledgers: append, never renumber.
enum class SuppressionChange {
    kAdded = 0,
    kLifted = 1,
    kNoted = 2,      // provisional: a reply speaks for it, and it blocks nobody yet
    kForgotten = 3,  // a provisional one was dropped
};

struct SuppressionEvent {
    Suppression entry;
    SuppressionChange change = SuppressionChange::kAdded;
    std::int64_t run = 0;  // which send of the mailing, from 1; 0: no send
};

}  // namespace tocsin
