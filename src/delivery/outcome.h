// What came of a campaign in the end: its states, and what was said after mails were accepted. A
// mail that was accepted and came back is bounced, not delivered.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ledger/ledger.h"

namespace tocsin {

enum class Outcome { kDelivered = 0, kBounced, kInDoubt, kExpired, kWaiting, kSkipped };
inline constexpr std::size_t kOutcomes = 6;
// "delivered", "bounced", "in_doubt", "expired", "waiting", "skipped"
std::string_view name(Outcome outcome);

struct OutcomeCounts {
    // Everybody once: they add up to the total.
    std::array<std::size_t, kOutcomes> outcomes{};
    std::size_t returned = 0;  // of the bounced ones: those who were accepted first
    // Beside the outcomes: somebody who got the mail can do both.
    std::size_t complaints = 0;
    std::size_t unsubscribes = 0;

    std::size_t of(Outcome outcome) const { return outcomes[static_cast<std::size_t>(outcome)]; }
    std::size_t total() const;
};

// Why, as far as somebody said so: "5.1.1", or what broke, or the reason of a skip.
struct OutcomeReason {
    Outcome outcome = Outcome::kBounced;
    std::string reason;
    std::string meaning;  // for people, or empty
    auto operator<=>(const OutcomeReason&) const = default;
};

struct CampaignOutcome {
    OutcomeCounts all;
    // By receiving domain, most mails first; the name is empty for rows without an address.
    std::vector<std::pair<std::string, OutcomeCounts>> domains;
    std::vector<std::pair<OutcomeReason, std::size_t>> reasons;  // most frequent first
    // Of the recipients: those whose receivers took the mail, as a provider told.
    std::size_t confirmed = 0;
    // Addresses that feedback names and that are no row of the plan any more.
    std::size_t unmatched = 0;
};

CampaignOutcome outcome_of(Ledger& ledger, const MailingKey& mailing);

}  // namespace tocsin
