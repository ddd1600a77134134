#include "preview/mail_view.h"

#include "lint/mail.h"

namespace tocsin {
namespace {

Findings findings_of(const Content& content, Composer& composer, const Recipient& person,
                     const TracedMail& mail, const LintIgnore& ignore) {
    Findings findings;
    if (auto fault = composer.fault(person.address, person.cells)) {
        findings.add({Severity::kError, fault->id, fault->place, fault->message,
                      fault->field.empty() ? "" : "fill the cell, or give the field a fallback",
                      fault->excerpt});
    }
    LintReport report(ignore, findings);
    lint_mail(mail, content, report);
    findings.sort();
    return findings;
}

}  // namespace

MailView view_mail(const Content& content, Composer& composer, const Chosen& chosen,
                   const LintIgnore& ignore, std::string file, WallTime now) {
    const Recipient& person = chosen.recipient;
    UnsubscribeLinks links = unsubscribe_links(content.unsubscribe, kHarmless);
    TracedMail traced = composer.renderer().trace(
        person.cells, {person.address.written(), links.visible(), links.view});
    MailView view;
    view.address = person.address.written();
    view.reasons = chosen.reasons;
    if (!chosen.excluded_by.empty()) view.gets_none = "excluded by " + chosen.excluded_by;
    view.file = std::move(file);
    view.findings = findings_of(content, composer, person, traced, ignore);
    view.source = composer.preview(person.address, person.cells, now).bytes;
    view.parts = std::move(traced.mail);
    return view;
}

}  // namespace tocsin
