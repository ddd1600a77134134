#include "preview/mail_text.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

Content content() {
    return {.campaign = "alert",
            .from = {"Reem", Mailbox::from("campaigns@harbour.example")},
            .reply_to = std::nullopt,
            .subject = {{"campaigns/alert.yaml", 3, 11}, "{{name}}, act"},
            .preheader = std::nullopt,
            .html = "a.html.mustache",
            .text = "a.txt.mustache",
            .templates = {{"a.html.mustache", "<p>Dear {{name}}</p>\n"},
                          {"a.txt.mustache", "Dear {{name}}\n{{unsubscribe_url}}\n"}},
            .data = Value::Map{},
            .fallbacks = {},
            .attachments = {},
            .unsubscribe_list = "news",
            .transport = "",
            .rates = {},
            .organisation = {},
            .unsubscribe = {"https://u.harbour.example/u/", std::nullopt}};
}

MailText mail(const Content& content, const std::string& name = "Ann") {
    Findings findings;
    auto renderer = Renderer::make(content, {"name"}, findings);
    REQUIRE(renderer);
    return mail_text(content, *renderer, Mailbox::from("ann@one.example"), {name});
}

}  // namespace

TEST_CASE("headers are readable, links lead nowhere") {
    MailText text = mail(content());
    CHECK(text.headers[0] == "From: Reem <campaigns@harbour.example>");
    CHECK(text.headers[1] == "Subject: Ann, act");
    CHECK(text.text == std::vector<std::string>{"Dear Ann", "https://u.harbour.example/u/preview"});
    CHECK(text.html == std::vector<std::string>{"<p>Dear Ann</p>"});
}

TEST_CASE("only the parts that differ are told") {
    CHECK(differences(mail(content()), mail(content()), false).empty());
    Content other = content();
    other.templates["a.txt.mustache"] = "Hello {{name}}\n{{unsubscribe_url}}\n";
    auto parts = differences(mail(content()), mail(other), false);
    REQUIRE(parts.size() == 1);
    CHECK(parts[0].part == "text part");
    CHECK(parts[0].diff ==
          "@@ -1,2 +1,2 @@\n-Dear Ann\n+Hello Ann\n https://u.harbour.example/u/preview\n");
}

TEST_CASE("an attachment with the same name and other bytes is a difference") {
    Content one = content(), two = content();
    one.attachments = {{"a.pdf", "application/pdf", "x"}};
    two.attachments = {{"a.pdf", "application/pdf", "y"}};
    auto parts = differences(mail(one), mail(two), false);
    REQUIRE(parts.size() == 1);
    CHECK(parts[0].part == "headers");
    CHECK(parts[0].diff.find("+Attachment: a.pdf (application/pdf, 1 bytes, SHA-256 ") !=
          std::string::npos);
}

TEST_CASE("HTML in one long line is compared tag by tag") {
    Content one = content();
    std::string row = "<tr><td>" + std::string(50, 'x') + "</td></tr>";
    one.templates["a.html.mustache"] = "<table>" + row + row + row + "</table>";
    Content two = one;
    two.templates["a.html.mustache"] = "<table>" + row + row + "<tr><td>y</td></tr></table>";
    auto parts = differences(mail(one), mail(two), false);
    REQUIRE(parts.size() == 1);
    CHECK(parts[0].diff.find("+<td>y</td>\n") != std::string::npos);
    CHECK(parts[0].diff.find("-<table>") == std::string::npos);
}
