#include <doctest/doctest.h>

#include "preview/page_parts.h"
#include "unit/preview/campaign.h"

using namespace tocsin;
using namespace tocsin::testing;

TEST_CASE("every tab has its panel, and the panel its tab") {
    std::string html = mail_section({}, mail_of("name"), 7);
    for (const char* view : {"light", "dark", "bare", "text", "headers", "source"}) {
        std::string id = "m7-" + std::string(view);
        CHECK(count(html, "role=\"tab\" id=\"" + id + "-tab\" aria-controls=\"" + id + "\"") == 1);
        CHECK(count(html, "role=\"tabpanel\" id=\"" + id + "\" data-view=\"" + view +
                              "\" aria-labelledby=\"" + id + "-tab\"") == 1);
    }
    CHECK(count(html, "aria-selected=\"true\"") == 1);
}

TEST_CASE("who gets no mail is shown with the reason") {
    MailView mail = mail_of("name");
    CHECK_FALSE(has(mail_section({}, mail, 1), "gets no mail"));
    mail.gets_none = "excluded by lists/a.csv";
    CHECK(has(mail_section({}, mail, 1),
              "<li class=\"warning\">gets no mail: excluded by lists/a.csv</li>"));
}

TEST_CASE("a mail that Gmail cuts off is marked") {
    MailView mail = mail_of("name");
    CHECK(has(mail_section({}, mail, 1), "<span>HTML 0.0 KB</span>"));
    mail.parts.html.assign(kGmailLine, 'x');
    CHECK(has(mail_section({}, mail, 1), "<span class=\"bad\">HTML 102.0 KB</span>"));
}

TEST_CASE("its own findings are there where it has some") {
    MailView mail = mail_of("name");
    CHECK_FALSE(has(mail_section({}, mail, 1), "<details"));
    mail.findings.add({Severity::kError, "empty-field", {}, "it is empty", "", ""});
    CHECK(has(mail_section({}, mail, 1), "1 error, 0 warnings in this mail"));
}
