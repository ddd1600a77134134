#include <doctest/doctest.h>

#include "preview/page_parts.h"
#include "unit/preview/campaign.h"

using namespace tocsin;
using namespace tocsin::testing;

TEST_CASE("an inbox shows the sender's name, the subject and the preheader, twice") {
    std::string html = inbox_lines("Ööna & team <o@x.example>", mail_of("Bob"));
    CHECK(count(html, "<span class=\"from\">Ööna &amp; team</span>") == 2);
    CHECK(has(html, "<span class=\"face\">Ö</span>"));
    CHECK(count(html, "Bob, act</span>") == 2);
    CHECK(count(html, "Before &quot;Friday&quot;</span>") == 2);
    CHECK_FALSE(has(html, "no preheader"));
    CHECK_FALSE(has(html, "o@x.example"));
}

TEST_CASE("without a preheader an inbox shows how the mail begins, on one line") {
    MailView mail = mail_of("Bob");
    mail.parts.preheader.clear();
    mail.parts.text = "\n Dear Bob,\r\n=====\r\n\r\n  it " + std::string(1000, 'x');
    std::string html = inbox_lines("o@x.example", mail);
    CHECK(has(html, ">Dear Bob, it xxx"));
    CHECK(has(html, "no preheader"));
    CHECK(html.size() < 2000);
}

TEST_CASE("a mail of text alone says so") {
    MailView mail = mail_of("Bob", "");
    for (const char* look : {"light", "dark", "bare"})
        CHECK(has(html_view(mail, look), "no HTML part"));
    CHECK(has(text_view(mail), "Hello Bob"));
}

TEST_CASE("turned colours are said to be no more than a guess") {
    CHECK(has(html_view(mail_of("Bob"), "dark"), "brings no dark styles"));
    CHECK_FALSE(has(html_view(mail_of("Bob"), "light"), "brings no dark styles"));
}

TEST_CASE("headers are shown decoded and as they go out") {
    std::string html = header_view(mail_of("Bob"));
    CHECK(has(html, "<th scope=\"row\">Subject</th><td dir=\"auto\">Öl</td>"));
    CHECK(has(html, "Subject: =?utf-8?Q?=C3=96l?="));
    CHECK(has(html, "&lt;ann@x.example&gt;"));
    CHECK_FALSE(has(html, "Hello"));
}

TEST_CASE("a large source is cut, and says where the rest is") {
    MailView mail = mail_of("Bob");
    CHECK_FALSE(has(source_view(mail), "and so on"));
    mail.source.assign(1 << 20, 'x');
    CHECK(has(source_view(mail), "all 1,024.0 KB are in <code>001.eml</code>"));
    CHECK(source_view(mail).size() < 300'000);
}
