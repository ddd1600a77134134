#include "delivery/probe_spam.h"

#include <cstdio>

#include "audience/audience.h"
#include "compose/composer.h"
#include "compose/load_content.h"

namespace tocsin {
namespace {

constexpr std::size_t kTopRules = 3;

std::optional<Recipient> first_person(Audience& audience, Findings& findings) {
    std::optional<Recipient> first;
    audience.for_each(
        [&](const AudienceRow& row) {
            if (!first && !row.excluded) first = row.recipient;
        },
        [](const InvalidRow&) {}, findings);
    return first;
}

std::optional<Message> first_mail(const Workspace& workspace, const Campaign& campaign,
                                  WallTime now) {
    Findings known;  // `check` has reported them
    Content content = load_content(workspace, campaign, known);
    auto audience = open_audience(workspace.root, campaign.audience, known);
    auto composer = audience ? Composer::make(content, audience->columns(), known) : nullptr;
    auto person = composer ? first_person(*audience, known) : std::nullopt;
    if (!person || composer->fault(person->address, person->cells)) return std::nullopt;
    return composer->preview(person->address, person->cells, now);
}

std::string top_rules(const SpamVerdict& verdict) {
    std::string text;
    for (const SpamRule& rule : verdict.rules) {
        const bool counts = rule.score > 0 && text.size() < 200;
        if (!counts || &rule - verdict.rules.data() >= static_cast<long>(kTopRules)) break;
        text += (text.empty() ? ": " : ", ") + rule.name + " (" + points(rule.score) + ")";
    }
    return text;
}

}  // namespace

std::string points(double score) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", score);
    return text;
}

std::optional<SpamVerdict> probe_spam(const Workspace& workspace, const Campaign& campaign,
                                      WallTime now, LintReport& report) {
    auto mail = first_mail(workspace, campaign, now);
    if (!mail) return std::nullopt;
    SpamVerdict verdict = ask_spam_filter(mail->bytes);
    const Place place{campaign.source.name(), 0, 0};
    if (!verdict.known()) {
        report.add("spam-score", place, verdict.trouble, verdict.hint);
    } else if (verdict.is_spam()) {
        report.add("spam-score", place,
                   "SpamAssassin gives the first person's mail " + points(verdict.score) +
                       " points, and takes it for spam from " + points(verdict.threshold) + " on" +
                       top_rules(verdict),
                   "`check --spam` shows all rules; change what the heaviest ones are about");
    }
    return verdict;
}

}  // namespace tocsin
