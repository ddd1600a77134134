#include "unit/lint/html_rules.h"

#include "lint/mail.h"

namespace tocsin {
namespace {

constexpr std::string_view kHead =
    "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width\">\n"
    "<meta name=\"color-scheme\" content=\"light dark\">\n</head><body>\n";
constexpr std::string_view kFoot =
    "\n<p>You get this mail because you joined us. <a href=\"{{unsubscribe_url}}\">Leave</a>, "
    "<a href=\"https://harbour.example/privacy\">privacy</a>.<br>\n"
    "Harbour Action, 1 Quay Street, Port Anwen</p></body></html>\n";
constexpr int kLinesAbove = 7;

Findings findings_of(Content content, const Cells& cells) {
    TestMail made = test_mail(std::move(content), cells);
    Findings findings;
    LintIgnore ignore;
    LintReport report(ignore, findings);
    lint_mail(made.mail, made.content, report);
    return findings;
}

}  // namespace

std::string sound_html(const std::string& body) {
    return std::string(kHead).append(body).append(kFoot);
}

std::vector<std::string> lint_of(Content content, const Cells& cells) {
    return shown(findings_of(std::move(content), cells));
}

std::vector<std::string> lint_of(const std::string& html, const Cells& cells) {
    return lint_of(test_content(html), cells);
}

std::vector<std::string> lint_body(const std::string& body, const Cells& cells) {
    Findings findings = findings_of(test_content(sound_html(body)), cells);
    Findings moved;
    for (Finding finding : findings.all()) {
        finding.place.line -= kLinesAbove;
        moved.add(std::move(finding));
    }
    return shown(moved);
}

std::vector<std::string> messages_of(const std::string& html, const Cells& cells) {
    std::vector<std::string> messages;
    const Findings findings = findings_of(test_content(html), cells);
    for (const Finding& finding : findings.all()) {
        messages.push_back(finding.message);
    }
    return messages;
}

}  // namespace tocsin
