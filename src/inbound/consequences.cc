#include "inbound/consequences.h"

#include <algorithm>

#include "base/random.h"
#include "base/text.h"
#include "mail/digest.h"

namespace tocsin {
namespace {

// The value of the Message-ID field, folded or not, or empty.
std::string_view own_message_id(std::string_view mail) {
    constexpr std::string_view kName = "message-id:";
    for (std::size_t at = 0; at < mail.size();) {
        auto end = std::min(mail.find('\n', at), mail.size());
        std::string_view line = mail.substr(at, end - at);
        if (trim(line).empty()) break;
        if (ascii_iequals(line.substr(0, kName.size()), kName)) {
            auto open = mail.find('<', at);
            auto close = mail.find('>', at);
            return open < close && close != mail.npos ? mail.substr(open, close - open) : "";
        }
        at = end + 1;
    }
    return {};
}

// One report about one mail of ours is noted once. Some programs give all their reports the same
// Message-ID, so what it says is part of it.
std::string report_id(const std::string& identity, const Report& report, const Subject& subject) {
    std::string text = subject.proof;
    text += '\0';
    text += name(report.kind);
    text += name(report.bounce);
    text += report.status;
    text += '\0';
    text += identity;
    return to_hex(sha256(text).substr(0, 16));
}

Suppression entry(const Feedback& feedback, const std::string& scope, const char* reason,
                  const std::string& source) {
    return {.address = feedback.address,
            .scope = scope.empty() ? kEverything : scope,
            .reason = reason,
            .source = source,
            .time = feedback.time,
            .campaign = feedback.campaign};
}

void draw(FeedbackNote& note, const std::string& list) {
    const Feedback& feedback = note.feedback;
    const std::string source = "inbound " + feedback.source;
    switch (feedback.kind) {
        case FeedbackKind::kBounce:
            if (feedback.bounce == BounceClass::kHard) {
                note.suppress = entry(feedback, kEverything, "bounce", source);
            }
            note.soft_bounce = feedback.bounce == BounceClass::kSoft;
            break;
        case FeedbackKind::kComplaint:
            note.suppress = entry(feedback, kEverything, "complaint", source);
            break;
        case FeedbackKind::kUnsubscribe:
            note.suppress = entry(feedback, list, "unsubscribe", "unsubscribe mail");
            break;
        case FeedbackKind::kDelay:
        case FeedbackKind::kAutoReply:
        case FeedbackKind::kOther:
            break;
    }
}

}  // namespace

std::optional<FeedbackNote> note_of(const std::string& origin, const std::string& identity,
                                    const Report& report, const std::optional<Subject>& subject,
                                    WallTime now) {
    bool says_nothing =
        report.kind == FeedbackKind::kOther || report.kind == FeedbackKind::kAutoReply;
    if (!subject || says_nothing) return std::nullopt;
    FeedbackNote note;
    note.feedback = {.id = report_id(identity, report, *subject),
                     .address = subject->address,
                     .row = subject->row,
                     .campaign = subject->campaign,
                     .kind = report.kind,
                     .bounce = report.bounce,
                     .status = report.status,
                     .text = report.text,
                     .source = origin,
                     .time = now};
    draw(note, subject->list);
    return note;
}

Fate fate_of(const Report& report, bool matched) {
    switch (report.kind) {
        case FeedbackKind::kOther:
            return Fate::kKept;
        case FeedbackKind::kAutoReply:
        case FeedbackKind::kDelay:
            return Fate::kHandled;
        default:
            return matched ? Fate::kHandled : Fate::kKept;
    }
}

std::string mail_identity(std::string_view mail) {
    std::string_view own = own_message_id(mail);
    return own.empty() ? sha256(mail) : std::string(own);
}

}  // namespace tocsin
