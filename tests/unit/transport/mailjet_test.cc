#include <doctest/doctest.h>

#include "unit/transport/provider_support.h"

using namespace provider_test;

namespace {

std::unique_ptr<Provider> mailjet() {
    return make_provider(setup(ProviderKind::kMailjet));
}

Json request_body(const Provider& provider, const std::vector<Message>& messages) {
    return Json::parse(request_of(provider, messages).body);
}

}  // namespace

TEST_CASE("Mailjet: the request has each mail's parts and names, without the headers it forbids") {
    HttpRequest request = request_of(*mailjet(), {parts_message()});
    CHECK(request.method == "POST");
    CHECK(request.url == "https://api.mailjet.com/v3.1/send");
    // base64 of key-of-the-test-0123456789:secret-of-the-test-0123456789
    CHECK(header_of(request, "Authorization") ==
          "Basic a2V5LW9mLXRoZS10ZXN0LTAxMjM0NTY3ODk6c2VjcmV0LW9mLXRoZS10ZXN0LTAxMjM0NTY3ODk=");
    Json body = Json::parse(request.body);
    Json& mail = body["Messages"][0];
    CHECK(Json::parse(mail["EventPayload"].get<std::string>()) ==
          Json{{"tocsin", kReference}, {"campaign", "night-buses"}});
    mail.erase("EventPayload");
    CHECK(body == Json::parse(R"({"AdvanceErrorHandling":false,"Messages":[{
        "From":{"Email":"campaigns@harbour.example","Name":"Reem, Mark and the team"},
        "To":[{"Email":"anna@riverside.example"}],
        "ReplyTo":{"Email":"reem@harbour.example"},
        "Subject":"Nachtbusse für alle",
        "TextPart":"Guten Tag\n\"Umlaute\": ä\n",
        "HTMLPart":"<p>Guten Tag</p>",
        "TrackOpens":"disabled",
        "TrackClicks":"disabled",
        "CustomID":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-bbbbbbbbbbbbbb",
        "CustomCampaign":"night-buses",
        "Headers":{"List-Unsubscribe":"<https://leave.harbour.example/u/1>",
                   "List-Unsubscribe-Post":"List-Unsubscribe=One-Click",
                   "Feedback-ID":"night-buses:all:bulk:harbourexample",
                   "Precedence":"bulk"}}]})"));
}

TEST_CASE("Mailjet: many mails keep their order") {
    std::vector<Message> messages;
    for (int i = 0; i < 50; ++i) {
        messages.push_back(parts_message("anna" + std::to_string(i) + "@riverside.example"));
    }
    Json body = request_body(*mailjet(), messages);
    REQUIRE(body["Messages"].size() == 50);
    for (std::size_t i = 0; i < 50; ++i) {
        CHECK(body["Messages"][i]["To"][0]["Email"] ==
              "anna" + std::to_string(i) + "@riverside.example");
    }
    CHECK(mailjet()->most_messages() == 50);
    CHECK(mailjet()->remembers() == Milliseconds(0));
}

TEST_CASE("Mailjet: text alone has no tracking words, which would be errors; a proof no names") {
    Draft made = draft("anna@riverside.example");
    made.html.clear();
    made.reply_to.reset();
    made.headers = {{"List-Id", "<all.harbour.example>"}};
    made.attachments = {{"plan.pdf", "application/pdf", "%PDF"}};
    Message message = parts_message("anna@riverside.example", made);
    message.reference.clear();
    message.campaign.clear();
    Json mail = request_body(*mailjet(), {message})["Messages"][0];
    for (const char* absent : {"HTMLPart", "TrackOpens", "TrackClicks", "ReplyTo", "Headers",
                               "CustomID", "CustomCampaign", "EventPayload"}) {
        CAPTURE(absent);
        CHECK_FALSE(mail.contains(absent));
    }
    CHECK(mail["Attachments"] ==
          Json::parse(R"([{"ContentType":"application/pdf","Filename":"plan.pdf",
                           "Base64Content":"JVBERg=="}])"));
}

TEST_CASE("Mailjet: the sandbox is a word beside Messages; an endpoint of one's own") {
    ProviderSetup sandbox = setup(ProviderKind::kMailjet);
    sandbox.sandbox = true;
    sandbox.settings.endpoint = "http://127.0.0.1:8025";
    auto provider = make_provider(sandbox);
    CHECK(request_of(*provider, {parts_message()}).url == "http://127.0.0.1:8025/v3.1/send");
    Json body = request_body(*provider, {parts_message()});
    CHECK(body["SandboxMode"] == true);
    CHECK_FALSE(request_body(*mailjet(), {parts_message()}).contains("SandboxMode"));
}

TEST_CASE("Mailjet: a subject of 255 characters is taken, one more and a large message are not") {
    CHECK(mailjet()->form() == MessageForm::kParts);
    CHECK(mailjet()->fault(parts_message("änne@riverside.example")).empty());
    Draft made = draft("anna@riverside.example");
    made.subject.clear();
    for (int i = 0; i < 255; ++i) made.subject += "ä";
    CHECK(mailjet()->fault(parts_message("anna@riverside.example", made)).empty());
    made.subject += "x";
    CHECK(mailjet()->fault(parts_message("anna@riverside.example", made)) ==
          "the subject has 256 characters, and Mailjet takes 255");
    Draft large = draft("anna@riverside.example");
    large.html.assign(15'000'001, 'x');
    CHECK(mailjet()->fault(parts_message("anna@riverside.example", large)).find("15,000,000") !=
          std::string::npos);
}

TEST_CASE("Mailjet: a mail whose text and HTML come out empty is refused for its recipient alone") {
    Draft empty = draft("anna@riverside.example");
    empty.html.clear();
    CHECK(mailjet()->fault(parts_message("anna@riverside.example", empty)).empty());
    empty.text.clear();
    CHECK(mailjet()->fault(parts_message("anna@riverside.example", empty)) ==
          "Mailjet takes no message without a text");
}

TEST_CASE("Mailjet: the probe looks for an active sender at the domain") {
    Script good({response(200, R"({"Count":2,"Data":[
        {"Email":"a@other.example","Status":"Active"},
        {"Email":"*@harbour.example","Status":"Active"}]})")});
    CHECK(complaint(*mailjet(), good).first.empty());
    REQUIRE(good.asked.size() == 1);
    CHECK(good.asked[0].url == "https://api.mailjet.com/v3/REST/sender?Status=Active&Limit=1000");
    CHECK(header_of(good.asked[0], "Authorization").starts_with("Basic "));
    for (const char* body : {R"({"Data":[]})", R"({})",
                             R"({"Data":[{"Email":"a@harbour.example","Status":"Inactive"}]})",
                             R"({"Data":[{"Email":"a@notharbour.example","Status":"Active"}]})"}) {
        CAPTURE(body);
        Script none({response(200, body)});
        CHECK(complaint(*mailjet(), none).first ==
              "Mailjet has no active sender at harbour.example");
    }
}

TEST_CASE("Mailjet: no complaint holds a key") {
    Script script({response(401, std::string("bad ") + kApiKey + " or " + kSecretKey)});
    auto [message, hint] = complaint(*mailjet(), script);
    CHECK(message == "Mailjet refuses the key: 401 bad *** or ***");
    CHECK((message + hint).find(kSecretKey) == std::string::npos);
}
