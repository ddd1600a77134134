// The lint of the texts, as a whole mail meets it.
#include "lint/texts.h"

#include <doctest/doctest.h>

#include "unit/lint/traced.h"

using namespace tocsin;

namespace {

using Lines = std::vector<std::string>;

Lines found(const TestMail& mail, const std::vector<MailLink>& html_links = {}) {
    Findings findings;
    const LintIgnore nothing;
    LintReport report(nothing, findings);
    lint_texts(mail.mail, mail.content, html_links, report);
    return shown(findings);
}

// With what every text part needs, from line 2 on.
std::string whole(const std::string& first_line) {
    return first_line + "\n{{organisation.postal_address}}\nUnsubscribe: {{unsubscribe_url}}\n";
}

Lines in_subject(const std::string& subject, const Cells& cells = {}) {
    Content content = test_content("", whole("Hello"));
    content.subject.text = subject;
    return found(test_mail(content, cells));
}

Lines in_preheader(const std::string& preheader, const Cells& cells = {}) {
    Content content = test_content("", whole("Hello"));
    content.preheader = TemplateText{{"c.yaml", 4, 12}, preheader};
    return found(test_mail(content, cells));
}

Lines in_text(const std::string& text, const Cells& cells = {}) {
    return found(test_mail("", text, cells));
}

}  // namespace

TEST_CASE("texts: a sound mail") {
    CHECK(in_text(whole("Hello,")).empty());
    CHECK(in_preheader("On Thursday the county decides whether you get home.").empty());
}

TEST_CASE("texts: the subject") {
    const std::string sixty(60, 'x');
    CHECK(in_subject(sixty).empty());
    CHECK(in_subject(sixty + "x") == Lines{"long-subject 3:10"});
    CHECK(in_subject("\u00E9" + sixty.substr(1)).empty());
    CHECK(in_subject("Re: your letter") == Lines{"subject-fake-reply 3:10"});
    CHECK(in_subject("SAVE THE NIGHT BUSES") == Lines{"subject-upper-case 3:10"});
    CHECK(in_subject("{{n}}, SAVE THE BUSES", {{"n", "Rosa"}}) == Lines{"subject-upper-case 3:10"});
    CHECK(in_subject("{{#n}}{{n}}{{/n}}, act now", {{"n", ""}}) == Lines{"empty-greeting 3:27"});
}

TEST_CASE("texts: a long name alone makes no subject too long") {
    const std::string forty(40, 'x');
    CHECK(in_subject(forty + "{{n}}", {{"n", std::string(40, 'n')}}).empty());
    CHECK(in_subject(std::string(56, 'x') + "{{n}}", {{"n", "Rosie"}}) ==
          Lines{"long-subject 3:10"});
}

TEST_CASE("texts: the preheader") {
    CHECK(in_preheader("On Thursday.") == Lines{"preheader-length 4:12"});
    CHECK(in_preheader(std::string(40, 'x')).empty());
    CHECK(in_preheader(std::string(130, 'x')).empty());
    CHECK(in_preheader(std::string(131, 'x')) == Lines{"preheader-length 4:12"});
    CHECK(in_preheader("{{#n}}{{n}}{{/n}}", {{"n", ""}}) == Lines{"no-preheader 4:12"});
    CHECK(in_preheader(
              "{{#n}}Dear {{n}}{{/n}}{{^n}}Dear friend{{/n}}, on Thursday the county decides",
              {{"n", ""}}) == Lines{"dear-friend 4:40"});
}

TEST_CASE("texts: tags that came out of the data, not those of a single cell") {
    Content content = test_content("", whole("Act: {{ask}} {{town}}"));
    content.data = Value::Map{{"ask", "Sign, {{first_name}}"}};
    CHECK(found(test_mail(content, {{"town", "{{town}}"}})) == Lines{"unresolved-tag 1:6"});
}

TEST_CASE("texts: a text part without a way out, and without an address") {
    CHECK(in_text("Hello,\n") == Lines{"no-unsubscribe-link 1:1", "no-postal-address 1:1"});
    Content content = test_content("", "Hello,\n");
    content.unsubscribe = {};
    content.organisation.postal_address = "";
    // Both are said of tocsin.yaml.
    CHECK(found(test_mail(content)).empty());
}

TEST_CASE("texts: a mailto is a way out, too") {
    Content content = test_content("", whole("Hello,"));
    content.unsubscribe.url = "";
    CHECK(found(test_mail(content)).empty());
}

TEST_CASE("texts: somebody else's unsubscribe link, and a preview's") {
    const std::string token(52, 'a');
    CHECK(in_text(whole("https://u.harbour.example/u/" + token)) ==
          Lines{"foreign-unsubscribe-link 1:1"});
    CHECK(in_text("Go: https://u.harbour.example/u/preview\n{{organisation.postal_address}}\n") ==
          Lines{"foreign-unsubscribe-link 1:5", "no-unsubscribe-link 1:1"});
}

TEST_CASE("texts: links that are insecure or hide where they lead") {
    CHECK(in_text(whole("Go: http://harbour.example/x")) == Lines{"insecure-link 1:5"});
    CHECK(in_text(whole("Go: https://bit.ly/x")) == Lines{"url-shortener 1:5"});
    Content content = test_content("", whole("Hello,"));
    content.unsubscribe.url = "http://127.0.0.1/u/";
    CHECK(found(test_mail(content)).empty());  // said of tocsin.yaml
}

TEST_CASE("texts: lines that servers need not take") {
    const std::string line = "x" + std::string(997, '-');
    CHECK(in_text(whole(line + "\r")).empty());
    CHECK(in_text(whole(line + "-\r")) == Lines{"long-line 1:1"});
    CHECK(in_text(whole("Hello\n" + line + "-")) == Lines{"long-line 2:1"});
}

TEST_CASE("texts: greetings") {
    CHECK(in_text(whole("Dear {{#n}}{{n}}{{/n}},"), {{"n", ""}}) == Lines{"empty-greeting 1:1"});
    CHECK(in_text(whole("Dear friend,")) == Lines{"dear-friend 1:1"});
}

TEST_CASE("texts: what was made from the HTML is mended there") {
    Content content = test_content("<p>Dear friend,</p><p>http://harbour.example");
    CHECK(found(test_mail(content)).empty());
}

namespace {

MailLink html_link(const std::string& url, int line, bool personal = false) {
    return {url, "", {"templates/t.html.mustache", line, 5}, "<a>", true, personal};
}

}  // namespace

TEST_CASE("texts: links that one part has and the other lacks") {
    const TestMail mail = test_mail("<p>x", whole("https://act.harbour.example/x?utm_source=text\n"
                                                  "https://act.harbour.example/y"));
    CHECK(found(mail, {html_link("https://act.harbour.example/x", 7),
                       html_link("https://act.harbour.example/z?b", 8),
                       html_link("https://act.harbour.example/z?b", 9),
                       html_link("mailto:hello@harbour.example", 10),
                       html_link("https://u.harbour.example/u/preview", 11),
                       html_link("https://u.harbour.example/u/preview/view", 12)}) ==
          Lines{"text-lacks-link 8:5", "links-differ 2:1"});
}

TEST_CASE("texts: messages show no recipient's value") {
    const TestMail mail = test_mail(
        "<p>x", whole("https://act.harbour.example/{{#urlencode}}{{email_copy}}{{/urlencode}}"),
        {{"email_copy", "rosa@port.example"}});
    Findings findings;
    const LintIgnore nothing;
    LintReport report(nothing, findings);
    lint_texts(mail.mail, mail.content,
               {html_link("https://harbour.example/rosa@port.example", 7, true)}, report);
    REQUIRE(findings.all().size() == 2);
    CHECK(findings.all()[0].message == "the text part has no link to `harbour.example`");
    CHECK(findings.all()[1].message == "only the text part links to `act.harbour.example`");
}
