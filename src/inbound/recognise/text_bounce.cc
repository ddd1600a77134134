#include "base/text.h"
#include "inbound/recognise/addresses.h"
#include "inbound/recognise/diagnosis.h"
#include "inbound/recognise/recognisers.h"
#include "inbound/recognise/signs.h"

namespace tocsin {
namespace {

bool is_bounce(const ParsedMail& mail, const Notice& notice) {
    const int system = from_mail_system(mail, notice);
    if (system == 0) return false;
    const int failure = speaks_of_failure(mail, notice);
    if (system >= 2) return failure >= 1;
    if (returns_as_program(mail, notice)) return failure >= 2;
    return failure >= 3 && has_failure_subject(mail);
}

// The first address in the report that is neither whom it is written to nor a mail system's.
std::string recipient_in(const ParsedMail& mail, const Notice& notice) {
    if (auto failed = addresses_in(mail.header.first("x-failed-recipients"), 1); !failed.empty()) {
        return failed.front();
    }
    const std::string own = ascii_lower(mail.header.first("to"));
    const std::string from = ascii_lower(mail.header.first("from"));
    for (std::string& address : addresses_in(notice.text, 20)) {
        const std::string key = ascii_lower(address);
        if (own.find(key) != own.npos || from.find(key) != from.npos) continue;
        if (key.starts_with("postmaster@") || key.starts_with("mailer-daemon@")) continue;
        return address;
    }
    return {};
}

// Not in the subject: it may repeat ours.
Diagnosis diagnosis_of(const Notice& notice) {
    const Diagnosis lines = diagnose("", telling_lines(notice.text));
    if (lines.ground == Ground::kClear) return lines;
    const Diagnosis all = diagnose(lines.status, notice.text);
    return all.ground > lines.ground ? all : lines;
}

std::string text_of(const Notice& notice) {
    std::string lines = telling_lines(notice.text);
    return lines.empty() ? notice.text.substr(0, 2000) : lines;
}

}  // namespace

std::optional<Report> as_text_bounce(const ParsedMail& mail, const Notice& notice) {
    if (!is_bounce(mail, notice)) return std::nullopt;
    Report report;
    report.kind = speaks_of_delay(mail, notice) ? FeedbackKind::kDelay : FeedbackKind::kBounce;
    const Diagnosis diagnosis = diagnosis_of(notice);
    report.bounce = diagnosis.bounce;
    report.status = diagnosis.status;
    report.recipient = recipient_in(mail, notice);
    report.text = text_of(notice);
    return report;
}

}  // namespace tocsin
