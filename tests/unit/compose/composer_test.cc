#include "compose/composer.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "compose/list_headers.h"
#include "mail/return_path.h"

using namespace tocsin;

namespace {

Content content_with(std::string subject, std::string html, std::string text = "") {
    Content content{
        .campaign = "alert",
        .from = {"Reem", Mailbox::from("campaigns@harbour.example")},
        .reply_to = std::nullopt,
        .subject = {{"campaigns/alert.yaml", 3, 11}, std::move(subject)},
        .preheader = std::nullopt,
        .html = "a.html.mustache",
        .text = text.empty() ? "" : "a.txt.mustache",
        .templates = {{"a.html.mustache", std::move(html)}},
        .data = Value::Map{},
        .fallbacks = {},
        .attachments = {},
        .unsubscribe_list = "action-alerts",
        .transport = "",
        .organisation = {"Harbour Action", "Quay 1", "", ""},
        .unsubscribe = {"https://u.harbour.example/u/", Mailbox::from("leave@harbour.example")}};
    if (!text.empty()) content.templates["a.txt.mustache"] = std::move(text);
    return content;
}

const Columns kColumns = {"first_name", "town"};
const KeyRing& keys() {
    static const KeyRing ring(std::vector<std::string>{"a secret of the tests"});
    return ring;
}

std::unique_ptr<Composer> composer_for(const Content& content) {
    Findings findings;
    auto composer = Composer::make(content, kColumns, findings);
    for (const Finding& finding : findings.all()) INFO(format(finding));
    REQUIRE(composer);
    return composer;
}

Message live(Composer& composer, const std::string& name) {
    return composer.live(Mailbox::from("ann@one.example"), {name, ""}, 7, {"alert/", 3, 2}, keys(),
                         WallTime{});
}

}  // namespace

TEST_CASE("a live mail carries a token that names campaign, list, row and person") {
    Content content = content_with("Act", "<p>{{unsubscribe_url}}</p>");
    std::string bytes = live(*composer_for(content), "Ann").bytes;
    auto at = bytes.find("https://u.harbour.example/u/");
    REQUIRE(at != std::string::npos);
    auto token = decode_token(keys(), std::string_view(bytes).substr(at + 28, 52));
    REQUIRE(token);
    CHECK(token->campaign == 3);
    CHECK(token->list == 2);
    CHECK(token->recipient == 7);
    CHECK(token_is_for(keys(), *token, "ann@one.example"));
    CHECK_FALSE(token_is_for(keys(), *token, "bob@one.example"));
}

TEST_CASE("the mail can be looked at in a browser where there is a page for it") {
    Content content = content_with("Act", "<p>{{unsubscribe_url}} {{view_url}}</p>");
    std::string bytes = live(*composer_for(content), "Ann").bytes;
    CHECK(bytes.find("/view</p>") != std::string::npos);
    CHECK(unsubscribe_links(content.unsubscribe, "abc").view ==
          "https://u.harbour.example/u/abc/view");
    content.unsubscribe.url.clear();
    CHECK(unsubscribe_links(content.unsubscribe, "abc").view.empty());
}

TEST_CASE("a retry is byte-identical") {
    Content content = content_with("Act, {{first_name}}", "<p>Hi {{town}}</p>");
    CHECK(live(*composer_for(content), "Ann").bytes == live(*composer_for(content), "Ann").bytes);
}

TEST_CASE("another composer makes the same mails, attachments included") {
    Content content = content_with("Act, {{first_name}}", "<p>Hi {{town}}</p>");
    content.attachments = {{"a.txt", "text/plain", "attached"}};
    auto composer = composer_for(content);
    auto another = composer->another();
    std::string bytes = live(*composer, "Ann").bytes;
    CHECK(bytes.find("YXR0YWNoZWQ=") != std::string::npos);
    CHECK(live(*another, "Ann").bytes == bytes);
    composer.reset();
    CHECK(live(*another, "Ann").bytes == bytes);
}

TEST_CASE("for a provider that builds the message a mail comes in its parts") {
    Content content = content_with("Act, {{first_name}}", "<p>Hi {{town}}</p>");
    content.attachments = {{"a.txt", "text/plain", "attached"}};
    Findings findings;
    auto composer = Composer::make(content, kColumns, findings, MessageForm::kParts);
    REQUIRE(composer);
    Message whole = live(*composer_for(content), "Ann");
    auto another = composer->another();
    for (Composer* one : {composer.get(), another.get()}) {
        Message message = live(*one, "Ann");
        CHECK(message.bytes.empty());
        REQUIRE(message.parts);
        CHECK(message.parts->subject == "Act, Ann");
        CHECK(message.parts->html == "<p>Hi </p>");
        CHECK(message.parts->message_id == whole.message_id);
        CHECK(message.parts->attachments.at(0).bytes == "attached");
        CHECK(build_message(*message.parts) == whole.bytes);
        CHECK(message.size() > std::string("Act, Ann").size());
    }
}

TEST_CASE("a live mail carries a reference that says whose it is, a proof has none") {
    Content content = content_with("Act", "<p></p>");
    auto composer = composer_for(content);
    Message message = live(*composer, "Ann");
    CHECK(message.campaign == content.campaign);
    auto whose = decode_reference(keys(), message.reference);
    REQUIRE(whose);
    CHECK(whose->recipient == 7);
    Mailbox me = Mailbox::from("me@harbour.example");
    CHECK(composer->proof(me, me, {"Ann", ""}, WallTime{}).reference.empty());
    CHECK(composer->preview(me, {"Ann", ""}, WallTime{}).reference.empty());
}

TEST_CASE("a proof goes to the reviewer, is marked, and its links suppress nobody") {
    Content content = content_with("Act, {{first_name}}", "<p>{{email}} {{unsubscribe_url}}</p>");
    auto composer = composer_for(content);
    Message proof = composer->proof(Mailbox::from("me@harbour.example"),
                                    Mailbox::from("ann@one.example"), {"Ann", ""}, WallTime{});
    CHECK(proof.envelope.to.key() == "me@harbour.example");
    CHECK(proof.bytes.find("Subject: [TEST] Act, Ann\r\n") != std::string::npos);
    CHECK(proof.bytes.find("ann@one.example https://u.harbour.example/u/preview") !=
          std::string::npos);
    CHECK_FALSE(decode_token(keys(), kHarmless));
    Message again = composer->proof(Mailbox::from("me@harbour.example"),
                                    Mailbox::from("ann@one.example"), {"Ann", ""}, WallTime{});
    CHECK(proof.message_id != again.message_id);
}

TEST_CASE("an empty field that is printed is a fault, within its own section it is none") {
    Content bare = content_with("Act", "<p>\nDear {{first_name}},</p>");
    auto fault = composer_for(bare)->fault(Mailbox::from("ann@one.example"), {"", "Rome"});
    REQUIRE(fault);
    CHECK(fault->id == "empty-field");
    CHECK(fault->field == "first_name");
    CHECK(fault->place == Place{"templates/a.html.mustache", 2, 6});
    CHECK(fault->excerpt == "Dear {{first_name}},</p>");

    Content guarded =
        content_with("Act", "<p>{{#first_name}}Dear {{first_name}}{{/first_name}}</p>");
    CHECK_FALSE(composer_for(guarded)->fault(Mailbox::from("ann@one.example"), {"", ""}));
}

TEST_CASE("a fallback stands in for an empty cell") {
    Content content = content_with("Act", "<p>Dear {{first_name}},</p>");
    content.fallbacks["first_name"] = "Friend";
    auto composer = composer_for(content);
    CHECK_FALSE(composer->fault(Mailbox::from("ann@one.example"), {"", ""}));
    CHECK(live(*composer, "").bytes.find("Dear Friend,") != std::string::npos);
    CHECK(live(*composer, "Ann").bytes.find("Dear Ann,") != std::string::npos);
}

TEST_CASE("a subject that comes out empty is a fault") {
    Content content = content_with("{{#first_name}}{{first_name}}!{{/first_name}}", "<p>x</p>");
    auto composer = composer_for(content);
    CHECK(composer->fault(Mailbox::from("ann@one.example"), {"", ""})->id == "empty-subject");
    CHECK_FALSE(composer->fault(Mailbox::from("ann@one.example"), {"Ann", ""}));
}

TEST_CASE("a cell with line ends adds no header") {
    Content content = content_with("Act, {{first_name}}", "<p>x</p>");
    std::string bytes = live(*composer_for(content), "Ann\r\nBcc: all@one.example").bytes;
    CHECK(bytes.find("Subject: Act, Ann  Bcc: all@one.example\r\n") != std::string::npos);
    CHECK(bytes.find("\nBcc:") == std::string::npos);
}

TEST_CASE("a cell with markup is text in HTML and as it is in the text part") {
    Content content = content_with("Act", "<p>{{first_name}}</p>", "Dear {{first_name}}");
    std::string bytes = live(*composer_for(content), "<script>&").bytes;
    CHECK(bytes.find("<p>&lt;script&gt;&amp;</p>") != std::string::npos);
    CHECK(bytes.find("Dear <script>&") != std::string::npos);
}

TEST_CASE("list headers name the list and both ways out") {
    Content content = content_with("Act", "<p>x</p>");
    auto headers =
        list_headers(content, unsubscribe_links(content.unsubscribe, "abc"), std::nullopt);
    auto value = [&](std::string_view name) {
        for (const HeaderField& header : headers) {
            if (header.name == name) return header.value;
        }
        return std::string();
    };
    CHECK(value("List-Id") == "Harbour Action action-alerts <action-alerts.harbour.example>");
    CHECK(value("List-Unsubscribe") ==
          "<https://u.harbour.example/u/abc>, <mailto:leave+abc@harbour.example>");
    CHECK(value("List-Unsubscribe-Post") == "List-Unsubscribe=One-Click");
    CHECK(value("Feedback-ID") == "alert:action-alerts:bulk:harbourexample");
    CHECK(value("Precedence") == "bulk");
    CHECK(value("CFBL-Address") == "");
}

TEST_CASE("with a bounce address the return path and CFBL-Address say whose mail it is") {
    Content content = content_with("Act", "<p>x</p>");
    content.bounce_address = Mailbox::from("bounces@b.harbour.example");
    Message mail = live(*composer_for(content), "Ann");
    auto path = decode_return_path(keys(), mail.envelope.from.wire());
    REQUIRE(path);
    CHECK(path->recipient == 7);
    CHECK(mail.envelope.from.wire().starts_with("bounces+"));
    CHECK(mail.envelope.from.domain() == "b.harbour.example");
    std::string unfolded;
    for (char c : mail.bytes) {
        if (c != '\r' && c != '\n') unfolded += c;
    }
    CHECK(unfolded.find("CFBL-Address: " + mail.envelope.from.wire() + "; report=arf") !=
          std::string::npos);
    CHECK(live(*composer_for(content), "Ann").bytes == mail.bytes);
}

TEST_CASE("without one the return path is the sender's address") {
    Content content = content_with("Act", "<p>x</p>");
    CHECK(live(*composer_for(content), "Ann").envelope.from.wire() == "campaigns@harbour.example");
}

TEST_CASE("bounces and complaints of a proof concern nobody") {
    Content content = content_with("Act", "<p>x</p>");
    content.bounce_address = Mailbox::from("bounces@b.harbour.example");
    Message proof =
        composer_for(content)->proof(Mailbox::from("me@harbour.example"),
                                     Mailbox::from("ann@one.example"), {"Ann", ""}, WallTime{});
    CHECK(proof.envelope.from.wire() == "bounces@b.harbour.example");
    CHECK(proof.bytes.find("CFBL-Address: bounces@b.harbour.example; report=arf\r\n") !=
          std::string::npos);
}

TEST_CASE("complaints go to the sender's own domain or one below it, or nowhere") {
    Content content = content_with("Act", "<p>x</p>");
    auto has_address = [&](const char* bounces) {
        auto headers = list_headers(content, {}, Mailbox::from(bounces));
        return std::any_of(headers.begin(), headers.end(),
                           [](const HeaderField& h) { return h.name == "CFBL-Address"; });
    };
    CHECK(has_address("bounces@harbour.example"));
    CHECK(has_address("bounces@b.harbour.example"));
    CHECK_FALSE(has_address("bounces@another.example"));
    CHECK_FALSE(has_address("bounces@badharbour.example"));
    CHECK_FALSE(has_address("bounces@b.example"));
}

TEST_CASE("the last field of Feedback-ID names the sender in 5 to 15 characters") {
    Content content = content_with("Act", "<p>x</p>");
    auto sender_id = [&](const char* from) {
        content.from.address = Mailbox::from(from);
        for (const HeaderField& header : list_headers(content, {}, std::nullopt)) {
            if (header.name == "Feedback-ID") {
                return header.value.substr(header.value.rfind(':') + 1);
            }
        }
        return std::string();
    };
    CHECK(sender_id("a@a.io") == "aio00");
    CHECK(sender_id("a@campaigns.of-the-harbour.example") == "campaignsoftheh");
}

TEST_CASE("without an https page there is no one-click") {
    UnsubscribeLinks links = unsubscribe_links({"", Mailbox::from("leave@harbour.example")}, "abc");
    CHECK(links.visible() == "mailto:leave+abc@harbour.example");
    CHECK_FALSE(links.one_click());
    CHECK(unsubscribe_links({}, "abc").header().empty());
}
