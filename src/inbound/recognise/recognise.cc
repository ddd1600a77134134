#include "base/text.h"
#include "inbound/recognise/evidence.h"
#include "inbound/recognise/recognisers.h"
#include "inbound/report.h"

namespace tocsin {
namespace {

// Unknown reasons must not end somebody's subscription at once.
void settle_class(Report& report) {
    const bool tells = report.kind == FeedbackKind::kBounce || report.kind == FeedbackKind::kDelay;
    if (!tells) {
        report.bounce = BounceClass::kNone;
        return;
    }
    if (report.bounce == BounceClass::kNone) report.bounce = BounceClass::kSoft;
    // Who still tries does not believe that the address is gone.
    const bool tried = report.kind == FeedbackKind::kDelay || report.status.starts_with('4');
    if (tried && report.bounce == BounceClass::kHard) report.bounce = BounceClass::kSoft;
}

std::string one_line(std::string_view text, std::size_t most) {
    std::string line;
    for (char c : text) {
        const bool blank = c == ' ' || c == '\n' || c == '\t';
        if (!blank || !line.ends_with(' ')) line += blank ? ' ' : c;
    }
    line = printable(trim(line)).substr(0, most);
    if (auto bad = invalid_utf8(line)) line.resize(*bad);
    return line;
}

Report judge(const ParsedMail& mail) {
    const Notice notice = read_notice(mail);
    for (auto* recogniser :
         {as_complaint, as_ses_notification, as_status_notification, as_unsubscribe, as_text_bounce,
          as_unsubscribe_request, as_auto_reply}) {
        if (std::optional<Report> report = recogniser(mail, notice)) {
            add_evidence(mail, notice, *report);
            return *report;
        }
    }
    Report report;
    add_evidence(mail, notice, report);
    return report;
}

}  // namespace

Report recognise(std::string_view mail) {
    Report report = judge(parse_mail(mail));
    settle_class(report);
    report.text = one_line(report.text, 1000);
    report.recipient = one_line(report.recipient, 320);
    report.status = one_line(report.status, 11);
    return report;
}

}  // namespace tocsin
