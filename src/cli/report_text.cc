#include "cli/report_text.h"

#include <algorithm>

#include "base/text.h"
#include "cli/json.h"

namespace tocsin {
namespace {

using nlohmann::ordered_json;

constexpr std::size_t kMostLines = 20;  // of domains and of reasons, in the text

std::string right(const std::string& text, std::size_t width) {
    return std::string(text.size() < width ? width - text.size() : 0, ' ') + text;
}

std::string left(std::string text, std::size_t width) {
    text.resize(std::max(text.size() + 1, width), ' ');
    return text;
}

std::string shown_domain(const std::string& domain) {
    return domain.empty() ? "(no address)" : domain;
}

std::string share(std::size_t part, std::size_t whole) {
    if (whole == 0 || part == 0) return "";
    std::size_t tenths = (part * 1'000 + whole / 2) / whole;
    return right(std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " %", 9);
}

std::string line(std::string_view label, std::size_t count, const std::string& behind = "") {
    return "  " + left(std::string(label), 16) + right(grouped(count), 10) + behind + "\n";
}

std::string outcome_lines(const OutcomeCounts& all) {
    std::string text;
    for (std::size_t i = 0; i < kOutcomes; ++i) {
        auto outcome = static_cast<Outcome>(i);
        bool always = outcome == Outcome::kDelivered || outcome == Outcome::kBounced;
        std::size_t count = all.of(outcome);
        if (count == 0 && !always) continue;
        std::string note;
        if (outcome == Outcome::kBounced && all.returned > 0)
            note = "   " + grouped(all.returned) + " of them after they were accepted";
        text += line(name(outcome), count, share(count, all.total()) + note);
    }
    text += line("total", all.total());
    std::size_t delivered = all.of(Outcome::kDelivered);
    text += line("complaints", all.complaints, share(all.complaints, delivered));
    return text + line("unsubscribes", all.unsubscribes, share(all.unsubscribes, delivered));
}

std::string domain_lines(const CampaignOutcome& outcome) {
    std::string text = "\n  " + left("domain", 32) + right("total", 10) + right("delivered", 11) +
                       right("bounced", 10) + right("complaints", 12) + "\n";
    std::size_t shown = std::min(outcome.domains.size(), kMostLines);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& [domain, counts] = outcome.domains[i];
        text += "  " + left(printable(shown_domain(domain)), 32) +
                right(grouped(counts.total()), 10) +
                right(grouped(counts.of(Outcome::kDelivered)), 11) +
                right(grouped(counts.of(Outcome::kBounced)), 10) +
                right(grouped(counts.complaints), 12) + "\n";
    }
    if (shown == outcome.domains.size()) return text;
    return text + "  and " + counted(outcome.domains.size() - shown, "domain") +
           " more: --json and --csv have all\n";
}

std::string reason_lines(const CampaignOutcome& outcome) {
    if (outcome.reasons.empty()) return "";
    std::string text = "\n  reasons\n";
    std::size_t shown = std::min(outcome.reasons.size(), kMostLines);
    for (std::size_t i = 0; i < shown; ++i) {
        const auto& [reason, count] = outcome.reasons[i];
        text += "  " + right(grouped(count), 10) + "  " +
                left(std::string(name(reason.outcome)), 10) + printable(reason.reason) +
                (reason.meaning.empty() ? "" : ": " + reason.meaning) + "\n";
    }
    return text;
}

ordered_json counts_json(const OutcomeCounts& counts) {
    ordered_json out = {{"total", counts.total()}};
    for (std::size_t i = 0; i < kOutcomes; ++i)
        out[std::string(name(static_cast<Outcome>(i)))] = counts.outcomes[i];
    out["bounced_after_acceptance"] = counts.returned;
    out["complaints"] = counts.complaints;
    out["unsubscribes"] = counts.unsubscribes;
    return out;
}

std::string csv_cell(const std::string& text) {
    if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
    std::string out = "\"";
    for (char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + "\"";
}

std::string csv_counts(const std::string& table, const std::string& of,
                       const OutcomeCounts& counts) {
    std::string row = table + "," + csv_cell(of) + "," + std::to_string(counts.total());
    for (std::size_t count : counts.outcomes) row += "," + std::to_string(count);
    return row + "," + std::to_string(counts.returned) + "," + std::to_string(counts.complaints) +
           "," + std::to_string(counts.unsubscribes) + "\r\n";
}

// The number stands below its outcome.
std::string csv_reason(const OutcomeReason& reason, std::size_t count) {
    std::string of = reason.reason + (reason.meaning.empty() ? "" : ": " + reason.meaning);
    std::string row = "reason," + csv_cell(of) + "," + std::to_string(count);
    for (std::size_t i = 0; i < kOutcomes; ++i) {
        bool is_of = static_cast<Outcome>(i) == reason.outcome;
        row += "," + (is_of ? std::to_string(count) : "");
    }
    return row + ",,,\r\n";
}

}  // namespace

std::string report_text(const std::string& mailing, const CampaignOutcome& outcome) {
    if (outcome.all.total() == 0) return mailing + "\n  not planned yet\n";
    std::string text = mailing + "\n" + outcome_lines(outcome.all);
    if (outcome.confirmed > 0)
        text += line("confirmed", outcome.confirmed, "   delivered, as the provider told");
    if (outcome.unmatched > 0)
        text += line("unmatched", outcome.unmatched, "   whose feedback belongs to no row");
    return text + domain_lines(outcome) + reason_lines(outcome);
}

std::string report_csv(const CampaignOutcome& outcome) {
    std::string csv = "table,of,total";
    for (std::size_t i = 0; i < kOutcomes; ++i)
        csv += "," + std::string(name(static_cast<Outcome>(i)));
    csv += ",bounced_after_acceptance,complaints,unsubscribes\r\n";
    csv += csv_counts("all", "", outcome.all);
    for (const auto& [domain, counts] : outcome.domains)
        csv += csv_counts("domain", shown_domain(domain), counts);
    for (const auto& [reason, count] : outcome.reasons) csv += csv_reason(reason, count);
    return csv;
}

ordered_json report_json(const MailingKey& mailing, const Counts& counts,
                         const CampaignOutcome& outcome) {
    ordered_json out = json_of(mailing);
    out.update(json_of(counts));
    out["outcome"] = counts_json(outcome.all);
    out["domains"] = ordered_json::array();
    for (const auto& [domain, of] : outcome.domains) {
        ordered_json entry = {{"domain", domain}};
        entry.update(counts_json(of));
        out["domains"].push_back(std::move(entry));
    }
    out["reasons"] = ordered_json::array();
    for (const auto& [reason, count] : outcome.reasons) {
        out["reasons"].push_back({{"outcome", name(reason.outcome)},
                                  {"reason", reason.reason},
                                  {"meaning", reason.meaning},
                                  {"count", count}});
    }
    out["confirmed_deliveries"] = outcome.confirmed;
    out["unmatched_feedback"] = outcome.unmatched;
    return out;
}

}  // namespace tocsin
