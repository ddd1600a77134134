// Mailjet's Send API v3.1: dev.mailjet.com/email/guides/send-api-v31. Up to 50 mails a request, of
// which the good ones are sent even where the answer is a 4xx; `Messages` of the answer are in the
// order of the request. There is no idempotency key.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "transport/provider/answers.h"
#include "transport/provider/catalogue.h"
#include "transport/provider/json_body.h"
#include "transport/provider/mailjet_answers.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostMessages = 50;
constexpr std::size_t kMost = 15'000'000;
constexpr std::size_t kMostSubject = 255;  // characters

// Of the documented list, those that a draft could have, and what has a property of its own.
constexpr std::array<std::string_view, 12> kForbidden = {
    "List-Id",  "Date",       "Message-Id",       "X-Feedback-Id", "Sender",    "Return-Path",
    "X-Mailer", "User-Agent", "X-CSA-Complaints", "Reply-To",      "X-MJ-Vars", "Received"};

std::size_t characters(std::string_view text) {
    constexpr unsigned char kContinues = 0x80, kMask = 0xC0;
    auto begins = [](char c) { return (static_cast<unsigned char>(c) & kMask) != kContinues; };
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins));
}

Json files_of(const Draft& draft) {
    Json files = Json::array();
    for (const AttachedFile& file : draft.attachments) {
        files.push_back({{"ContentType", file.media_type},
                         {"Filename", file.name},
                         {"Base64Content", base64(file.bytes)}});
    }
    return files;
}

void add_parts(Json& mail, const Draft& draft) {
    if (!draft.text.empty()) mail["TextPart"] = draft.text;
    if (draft.html.empty()) return;
    mail["HTMLPart"] = draft.html;
    mail["TrackOpens"] = "disabled";  // these two are errors without HTML
    mail["TrackClicks"] = "disabled";
}

void add_names(Json& mail, const Message& message) {
    if (!message.reference.empty()) mail["CustomID"] = message.reference;
    if (!message.campaign.empty()) mail["CustomCampaign"] = message.campaign;
    if (Json data = metadata(message); !data.empty()) mail["EventPayload"] = json_text(data);
}

Json mail_of(const Message& message) {
    const Draft& draft = *message.parts;
    Json mail = {{"From", person(draft.from, "Email", "Name")},
                 {"To", Json::array({{{"Email", message.envelope.to.wire()}}})},
                 {"Subject", draft.subject}};
    if (draft.reply_to) mail["ReplyTo"] = person(*draft.reply_to, "Email", "Name");
    add_parts(mail, draft);
    for (const auto& [name, value] : custom_headers(draft, kForbidden)) {
        mail["Headers"][name] = value;
    }
    add_names(mail, message);
    if (Json files = files_of(draft); !files.empty()) mail["Attachments"] = files;
    return mail;
}

class Mailjet : public Provider {
  public:
    explicit Mailjet(const ProviderSetup& setup) : setup_(setup), answers_(setup) {}

    MessageForm form() const override { return MessageForm::kParts; }
    std::size_t most_messages() const override { return kMostMessages; }
    std::size_t most_bytes() const override { return kMost; }
    std::string fault(const Message& message) const override;
    HttpRequest request(Messages messages, const Asking&) const override;
    std::vector<ProviderAnswer> answers(const HttpResponse& response,
                                        Messages messages) const override {
        return mailjet_answers(answers_, response, messages, setup_.sandbox);
    }
    void probe(const Exchange& exchange) const override;

  private:
    std::string url(const std::string& path) const {
        return endpoint_of(setup_, "https://api.mailjet.com") + path;
    }
    HttpHeaders key() const {
        return {{"Authorization", basic_auth(setup_.keys.api_key, setup_.keys.secret_key)}};
    }

    ProviderSetup setup_;
    Answers answers_;
};

std::string Mailjet::fault(const Message& message) const {
    if (std::size_t count = characters(message.parts->subject); count > kMostSubject) {
        return "the subject has " + grouped(count) + " characters, and Mailjet takes " +
               grouped(kMostSubject);
    }
    std::string fault = text_fault(ProviderKind::kMailjet, message);
    return fault.empty() ? size_fault(ProviderKind::kMailjet, message.size(), kMost) : fault;
}

HttpRequest Mailjet::request(Messages messages, const Asking&) const {
    Json body = {{"Messages", Json::array()}, {"AdvanceErrorHandling", false}};
    for (const Message* message : messages) body["Messages"].push_back(mail_of(*message));
    if (setup_.sandbox) body["SandboxMode"] = true;
    return post_json(url("/v3.1/send"), key(), body);
}

void Mailjet::probe(const Exchange& exchange) const {
    HttpRequest request{"GET", url("/v3/REST/sender?Status=Active&Limit=1000"), key(), ""};
    const Json body = answers_.ask(exchange, request);
    const auto senders = elements_of(member(body, "Data"));
    bool active = std::any_of(senders.begin(), senders.end(), [&](const Json& sender) {
        return member(sender, "Status") == "Active" &&
               ascii_lower(text_of(member(sender, "Email"))).ends_with("@" + setup_.sender_domain);
    });
    if (active) return;
    throw answers_.trouble("has no active sender at " + setup_.sender_domain,
                           "add and validate it in Mailjet under Sender domains & addresses");
}

}  // namespace

std::unique_ptr<Provider> make_mailjet(const ProviderSetup& setup) {
    return std::make_unique<Mailjet>(setup);
}

}  // namespace tocsin
