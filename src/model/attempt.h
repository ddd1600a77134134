// What one attempt to deliver one message reached: facts, as a transport reports them. What follows
// from them (state, retry, pause) is decided in delivery/policy.h alone.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "mail/smtp_reply.h"
#include "model/provider.h"

namespace tocsin {

// The furthest phase that this message's own dialogue reached. The numbers are stored in ledgers.
enum class Phase {
    kConnect = 0,  // no connection, or lost before this message's MAIL was accepted
    kMail = 1,     // without a reply: nothing was sent, the server lacks what this message needs
    kRcpt = 2,
    kData = 3,
    kBody = 4,       // 354 came; the end of data has not left
    kEndOfData = 5,  // the end of data may have left
};
std::string_view name(Phase phase);

// What a provider's answer means for one message, by the words of its API. SMTP replies speak for
// themselves.
enum class ProviderVerdict {
    kAccepted,   // it is the provider's now
    kRefused,    // this message or recipient, for good
    kLater,      // not now, whoever it is for: surely not accepted
    kThrottled,  // the same, because the account sends too fast
    kAccount,    // key, sender, quota or plan: nothing can be sent
    kUnclear,    // nobody but the provider knows
};

// A pause of an account that is no longer than this is waited out by the transport itself.
inline constexpr Milliseconds kShortPause = std::chrono::seconds(10);

struct Attempt {
    Phase phase = Phase::kConnect;
    // The reply to that phase's own command, never another's; nothing if the link broke first.
    std::optional<SmtpReply> reply;
    // What broke, for people: "timed out after 300 s", "connection reset"; empty if a reply came.
    std::string error;
    WallTime started{};
    WallTime ended{};
    std::optional<ProviderVerdict> verdict{};  // of a provider's answer, which `reply` holds
    std::optional<ProviderKind> provider{};    // whose answer it is, where known
    // How long the whole account is to wait, as the provider told.
    std::optional<Milliseconds> retry_after{};
};

}  // namespace tocsin
