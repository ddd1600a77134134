#include "cli/inbound_text.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "cli/json.h"

namespace tocsin {
namespace {

using nlohmann::ordered_json;

struct Noun {
    FeedbackKind kind;
    const char* one;
    const char* many;
};

constexpr Noun kNouns[] = {
    {FeedbackKind::kBounce, "bounce", "bounces"},
    {FeedbackKind::kDelay, "delay", "delays"},
    {FeedbackKind::kComplaint, "complaint", "complaints"},
    {FeedbackKind::kUnsubscribe, "unsubscribe mail", "unsubscribe mails"},
    {FeedbackKind::kAutoReply, "auto-reply", "auto-replies"},
    {FeedbackKind::kOther, "not understood", "not understood"},
};

ordered_json text_or_null(std::string_view text) {
    return text.empty() ? ordered_json(nullptr) : ordered_json(std::string(text));
}

// Whom it is about, as an address: a hashed name is none.
std::string recipient_of(const Report& report, const std::optional<Subject>& subject) {
    bool known = subject && subject->address.find('@') != std::string::npos;
    return known ? subject->address : report.recipient;
}

std::string classes_text(const IntakeCounts& counts) {
    std::string text;
    for (BounceClass one : {BounceClass::kHard, BounceClass::kSoft, BounceClass::kPolicy}) {
        std::size_t count = counts.classes.at(static_cast<std::size_t>(one));
        if (count == 0) continue;
        text += (text.empty() ? "" : ", ") + grouped(count) + " " + std::string(name(one));
    }
    return text.empty() ? "" : " (" + text + ")";
}

std::string kinds_text(const IntakeCounts& counts) {
    std::string text;
    for (const Noun& noun : kNouns) {
        std::size_t count = counts.kinds.at(static_cast<std::size_t>(noun.kind));
        if (count == 0) continue;
        text += (text.empty() ? ": " : ", ") + grouped(count) + " " +
                (count == 1 ? noun.one : noun.many);
        if (noun.kind == FeedbackKind::kBounce) text += classes_text(counts);
    }
    return text;
}

}  // namespace

std::string json_line(const ReceivedMail& mail, const Report& report,
                      const std::optional<Subject>& subject) {
    return one_line({{"source", mail.name},
                     {"kind", std::string(name(report.kind))},
                     {"class", text_or_null(name(report.bounce))},
                     {"recipient", text_or_null(recipient_of(report, subject))},
                     {"status", text_or_null(report.status)},
                     {"matched", subject.has_value()}});
}

std::string summary_of(const IntakeCounts& counts, bool dry_run) {
    std::string text = counted(counts.mails, "mail") + kinds_text(counts) + "\n";
    if (!dry_run && counts.noted + counts.known > 0) {
        text += grouped(counts.noted) + " noted, " + grouped(counts.known) + " known before\n";
    }
    if (counts.unmatched > 0) {
        text += grouped(counts.unmatched) + " about nobody that could be proved\n";
    }
    if (!dry_run && counts.kept > 0) {
        text += grouped(counts.kept) + " kept for somebody to look at\n";
    }
    return text;
}

}  // namespace tocsin
