#include "base/text.h"
#include "inbound/recognise/diagnosis.h"
#include "inbound/recognise/dsn.h"
#include "inbound/recognise/recognisers.h"
#include "inbound/recognise/signs.h"

namespace tocsin {
namespace {

bool is_status_type(std::string_view type) {
    return type == "message/delivery-status" || type == "message/global-delivery-status";
}

bool in_any_report(const ParsedMail& mail) {
    for (const MailPart& part : mail.parts) {
        if (part.inside == 0 && part.type == "multipart/report") return true;
    }
    return false;
}

// The recipients of the mail's own status parts. A person who attaches somebody's status part does
// not send a report.
std::vector<DsnRecipient> recipients_of(const ParsedMail& mail, const Notice& notice) {
    const bool whole = !mail.parts.empty() && is_status_type(mail.parts.front().type);
    const bool system = whole || in_any_report(mail) || from_mail_system(mail, notice) > 0;
    for (const MailPart& part : mail.parts) {
        if (part.inside > 0 || !system) continue;
        if (!is_status_type(part.type) && !looks_like_dsn(part.text)) continue;
        std::vector<DsnRecipient> recipients = dsn_recipients(part.text);
        if (!recipients.empty()) return recipients;
    }
    return {};
}

FeedbackKind kind_of(const DsnRecipient& told, const ParsedMail& mail, const Notice& notice) {
    const std::string& action = told.action;
    if (action.starts_with("fail")) return FeedbackKind::kBounce;
    if (action.starts_with("delay")) return FeedbackKind::kDelay;
    if (action == "delivered" || action == "relayed" || action == "expanded") {
        return FeedbackKind::kOther;
    }
    if (told.status.starts_with('2')) return FeedbackKind::kOther;
    return speaks_of_delay(mail, notice) ? FeedbackKind::kDelay : FeedbackKind::kBounce;
}

// The server's own words where they tell something, else those of the report.
Diagnosis diagnosis_of(const DsnRecipient& told, const Notice& notice) {
    const Diagnosis own = diagnose(told.status, told.diagnostic);
    if (own.ground == Ground::kClear) return own;
    const Diagnosis around = diagnose(told.status, told.diagnostic + '\n' + notice.text);
    return around.ground > own.ground ? around : own;
}

}  // namespace

std::optional<Report> as_status_notification(const ParsedMail& mail, const Notice& notice) {
    const std::vector<DsnRecipient> recipients = recipients_of(mail, notice);
    const DsnRecipient* told = telling(recipients);
    if (told == nullptr) return std::nullopt;
    Report report;
    report.kind = kind_of(*told, mail, notice);
    report.recipient = told->address;
    report.status = told->status;
    report.text = told->diagnostic.empty() ? telling_lines(notice.text) : told->diagnostic;
    if (report.kind == FeedbackKind::kOther) return report;
    const Diagnosis diagnosis = diagnosis_of(*told, notice);
    report.bounce = diagnosis.bounce;
    if (!diagnosis.status.empty()) report.status = diagnosis.status;
    return report;
}

}  // namespace tocsin
