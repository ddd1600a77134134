#include "inbound/consequences.h"

#include <algorithm>

#include "base/random.h"
#include "base/text.h"
#include "mail/digest.h"
#include "unsubscribe/apply_leaving.h"

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

// Where an unsubscribe page would say the same, it does the same.
FeedbackNote leaves(const Feedback& feedback, const Subject& subject, const Origin& origin) {
    Leaving leaving;
    leaving.choice = Choice::kList;
    leaving.source = origin.leaving;
    leaving.time = feedback.time;
    leaving.id = feedback.id;
    Leaver leaver;
    leaver.name = subject.address;
    leaver.list = subject.list;
    leaver.campaign = subject.campaign;
    leaver.row = subject.row;
    FeedbackNote note = leaving_note(leaving, leaver);
    note.feedback.source = feedback.source;  // the very mail
    return note;
}

FeedbackNote suppresses(const Feedback& feedback, const char* reason) {
    FeedbackNote note{feedback};
    note.suppress = {.address = feedback.address,
                     .scope = kEverything,
                     .reason = reason,
                     .source = feedback.source,
                     .time = feedback.time,
                     .campaign = feedback.campaign};
    return note;
}

FeedbackNote bounced(const Feedback& feedback) {
    if (feedback.bounce == BounceClass::kHard) return suppresses(feedback, "bounce");
    FeedbackNote note{feedback};
    note.soft_bounce = feedback.bounce == BounceClass::kSoft;
    return note;
}

FeedbackNote consequence_of(const Feedback& feedback, const Subject& subject,
                            const Origin& origin) {
    switch (feedback.kind) {
        case FeedbackKind::kBounce:
            return bounced(feedback);
        case FeedbackKind::kComplaint:
            return suppresses(feedback, "complaint");
        case FeedbackKind::kUnsubscribe:
            return leaves(feedback, subject, origin);
        case FeedbackKind::kDelay:
        case FeedbackKind::kDelivery:
        case FeedbackKind::kAutoReply:
        case FeedbackKind::kOther:
            break;
    }
    return {feedback};
}

}  // namespace

std::optional<FeedbackNote> note_of(const Origin& origin, const Report& report,
                                    const std::optional<Subject>& subject, WallTime now) {
    bool says_nothing =
        report.kind == FeedbackKind::kOther || report.kind == FeedbackKind::kAutoReply;
    if (!subject || says_nothing) return std::nullopt;
    Feedback feedback{.id = report_id(origin.identity, report, *subject),
                      .address = subject->address,
                      .row = subject->row,
                      .campaign = subject->campaign,
                      .kind = report.kind,
                      .bounce = report.bounce,
                      .status = report.status,
                      .text = report.text,
                      .source = origin.source,
                      .time = now};
    return consequence_of(feedback, *subject, origin);
}

Fate fate_of(const Report& report, bool matched) {
    switch (report.kind) {
        case FeedbackKind::kOther:
            return Fate::kKept;
        case FeedbackKind::kAutoReply:
        case FeedbackKind::kDelay:
        case FeedbackKind::kDelivery:
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
