#include "delivery/outcome.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "mail/reply_meaning.h"

namespace tocsin {
namespace {

// What came back about one recipient.
struct Said {
    std::optional<Feedback> bounce;
    bool complained = false;
    bool unsubscribed = false;
    bool matched = false;  // with a row
};

void take(Said& said, const Feedback& feedback) {
    if (feedback.kind == FeedbackKind::kBounce) said.bounce = feedback;
    said.complained |= feedback.kind == FeedbackKind::kComplaint;
    said.unsubscribed |= feedback.kind == FeedbackKind::kUnsubscribe;
}

// The feedback of a campaign, found by row where that is known and else by address.
class FeedbackIndex {
  public:
    FeedbackIndex(Ledger& ledger, const MailingKey& mailing) {
        ledger.for_each_feedback({mailing.campaign}, [&](const Feedback& feedback) {
            if (feedback.kind == FeedbackKind::kDelivery) return;  // one for each, counted apart
            auto row = ledger.row_name(feedback.row);
            if (row && row->mailing != mailing) return;  // another run of the campaign
            // Ledger::feedback_counts: the same rule.
            if (feedback.row == 0 && !mailing.occurrence.empty()) return;
            take(feedback.row != 0 ? by_row_[feedback.row] : by_address_[feedback.address],
                 feedback);
        });
    }

    Said of(const RowResult& row) {
        Said said;
        merge(by_row_.find(row.id), by_row_.end(), said);
        merge(by_address_.find(row.key), by_address_.end(), said);
        return said;
    }

    std::size_t unmatched() const {
        auto stray = [](const auto& one) { return !one.second.matched; };
        return static_cast<std::size_t>(
            std::count_if(by_row_.begin(), by_row_.end(), stray) +
            std::count_if(by_address_.begin(), by_address_.end(), stray));
    }

  private:
    template <class Found>
    static void merge(Found found, Found end, Said& said) {
        if (found == end) return;
        Said& other = found->second;
        other.matched = true;
        if (other.bounce) said.bounce = other.bounce;
        said.complained |= other.complained;
        said.unsubscribed |= other.unsubscribed;
    }

    std::unordered_map<RowId, Said> by_row_;
    std::unordered_map<std::string, Said> by_address_;
};

Outcome outcome_of(State state, bool came_back) {
    switch (state) {
        case State::kAccepted:
            return came_back ? Outcome::kBounced : Outcome::kDelivered;
        case State::kRejected:
            return Outcome::kBounced;
        case State::kInDoubt:
            return Outcome::kInDoubt;
        case State::kExpired:
            return Outcome::kExpired;
        case State::kSkipped:
            return Outcome::kSkipped;
        case State::kPlanned:
        case State::kSending:
        case State::kDeferred:
            break;
    }
    return Outcome::kWaiting;
}

// An HTTP status in place of an SMTP code: a provider's. SMTP refuses for good with 5yz only,
// leaves no doubt with an answer, and knows neither 429 nor a 503 that is retried.
bool is_provider_answer(State state, const SmtpReply& reply) {
    if (!reply.enhanced.empty()) return false;
    if (state == State::kRejected) return !reply.permanent();
    if (state == State::kInDoubt) return reply.code >= 400;
    return reply.code == 409 || reply.code == 429 || reply.code == 503;
}

// The status, and the provider's own code: its answers begin with it.
OutcomeReason reason_of_provider(Outcome outcome, const SmtpReply& reply) {
    return {outcome, std::to_string(reply.code) + " " + reply.text.substr(0, reply.text.find(' ')),
            ""};
}

OutcomeReason reason_of(Outcome outcome, const SmtpReply& reply) {
    std::string reason = reply.enhanced.empty() ? std::to_string(reply.code) : reply.enhanced;
    return {outcome, reason, std::string(meaning_of(reply, rule_text(reply.text)).says)};
}

// A report without a status says what class of bounce it is.
OutcomeReason reason_of(const Feedback& bounce) {
    std::string reason = bounce.status.empty() ? std::string(name(bounce.bounce)) : bounce.status;
    SmtpReply said{550, bounce.status, bounce.text};
    return {Outcome::kBounced, reason, std::string(meaning_of(said, rule_text(said.text)).says)};
}

std::optional<OutcomeReason> reason_of(const RowResult& row, Outcome outcome, const Said& said) {
    if (row.state == State::kSkipped)
        return OutcomeReason{outcome, std::string(name(row.skip)), ""};
    if (outcome == Outcome::kDelivered) return std::nullopt;
    if (row.state == State::kAccepted) return reason_of(*said.bounce);
    if (row.reply && is_provider_answer(row.state, *row.reply)) {
        return reason_of_provider(outcome, *row.reply);
    }
    if (row.reply) return reason_of(outcome, *row.reply);
    if (row.error.empty()) return std::nullopt;
    return OutcomeReason{outcome, row.error, ""};
}

void add(OutcomeCounts& counts, const RowResult& row, Outcome outcome, const Said& said) {
    ++counts.outcomes.at(static_cast<std::size_t>(outcome));
    counts.returned += outcome == Outcome::kBounced && row.state == State::kAccepted ? 1 : 0;
    counts.complaints += said.complained ? 1 : 0;
    counts.unsubscribes += said.unsubscribed ? 1 : 0;
}

std::string domain_of(const RowResult& row) {
    auto at = row.key.rfind('@');
    bool invalid = row.skip == SkipReason::kInvalid || at == std::string::npos;
    return invalid ? "" : row.key.substr(at + 1);
}

// The largest first, then by name.
template <class Map, class Size>
auto sorted(const Map& map, Size size) {
    std::vector<std::pair<typename Map::key_type, typename Map::mapped_type>> all(map.begin(),
                                                                                  map.end());
    std::stable_sort(all.begin(), all.end(),
                     [&](auto& a, auto& b) { return size(a.second) > size(b.second); });
    return all;
}

}  // namespace

std::string_view name(Outcome outcome) {
    constexpr std::array<std::string_view, kOutcomes> kNames = {"delivered", "bounced", "in_doubt",
                                                                "expired",   "waiting", "skipped"};
    return kNames.at(static_cast<std::size_t>(outcome));
}

std::size_t OutcomeCounts::total() const {
    return std::accumulate(outcomes.begin(), outcomes.end(), std::size_t{0});
}

CampaignOutcome outcome_of(Ledger& ledger, const MailingKey& mailing) {
    CampaignOutcome found;
    FeedbackIndex feedback(ledger, mailing);
    std::map<std::string, OutcomeCounts> domains;
    std::map<OutcomeReason, std::size_t> reasons;
    ledger.for_each_result(mailing, [&](const RowResult& row) {
        Said said = feedback.of(row);
        Outcome outcome = outcome_of(row.state, said.bounce.has_value());
        add(found.all, row, outcome, said);
        add(domains[domain_of(row)], row, outcome, said);
        if (auto reason = reason_of(row, outcome, said)) ++reasons[*reason];
    });
    found.domains = sorted(domains, [](const OutcomeCounts& counts) { return counts.total(); });
    found.reasons = sorted(reasons, [](std::size_t count) { return count; });
    found.unmatched = feedback.unmatched();
    found.confirmed = ledger.feedback_counts(mailing).delivered;
    return found;
}

}  // namespace tocsin
