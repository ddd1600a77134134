// SendGrid, v3 Mail Send: one message a request, since one request has one content. The facts are
// those of Twilio's OpenAPI document.

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <optional>

#include "transport/provider/answers.h"
#include "transport/provider/catalogue.h"
#include "transport/provider/json_body.h"
#include "transport/provider/rate_headers.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostBytes = 30'000'000;
constexpr std::size_t kBesideTheMessage = 4096;

// A request that sets one of these is refused.
constexpr std::array<std::string_view, 12> kReserved = {"x-sg-id",      "x-sg-eid",
                                                        "received",     "dkim-signature",
                                                        "content-type", "content-transfer-encoding",
                                                        "to",           "from",
                                                        "subject",      "reply-to",
                                                        "cc",           "bcc"};

// The first part of `field` in an error that speaks of this message alone. Others (`from`,
// `reply_to`, …) are the same in all of a campaign's.
constexpr std::array<std::string_view, 6> kOfMessage = {
    "personalizations", "subject", "content", "attachments", "headers", "custom_args"};

std::string usual_endpoint(const std::string& region) {
    return region == "eu" ? "https://api.eu.sendgrid.com" : "https://api.sendgrid.com";
}

// Plain text comes first: SendGrid demands the order of RFC 2046 section 5.1.4.
Json content(const Draft& draft) {
    Json out = Json::array();
    if (!draft.text.empty()) out.push_back({{"type", "text/plain"}, {"value", draft.text}});
    if (!draft.html.empty()) out.push_back({{"type", "text/html"}, {"value", draft.html}});
    return out;
}

Json attachments(const Draft& draft) {
    Json out = Json::array();
    for (const AttachedFile& file : draft.attachments) {
        out.push_back({{"content", base64(file.bytes)},
                       {"filename", file.name},
                       {"type", file.media_type},
                       {"disposition", "attachment"}});
    }
    return out;
}

Json headers(const Draft& draft) {
    Json out = {{"Message-ID", "<" + draft.message_id + ">"}};
    for (const auto& [name, value] : custom_headers(draft, kReserved)) out[name] = value;
    return out;
}

// Links stay as they are, and nobody is watched.
Json tracking_settings() {
    return {{"click_tracking", {{"enable", false}, {"enable_text", false}}},
            {"open_tracking", {{"enable", false}}},
            {"subscription_tracking", {{"enable", false}}}};
}

struct Problem {
    std::string field;
    std::string words;
};

bool is_of_message(const std::string& field) {
    return std::any_of(kOfMessage.begin(), kOfMessage.end(), [&](std::string_view one) {
        return field == one || field.starts_with(std::string(one) + ".");
    });
}

// The gravest of `errors`: one that speaks of more than this message, or else the first.
Problem problem_of(const HttpResponse& response) {
    const Json body = parse_json(response.body);
    std::optional<Problem> first;
    for (const Json& error : elements_of(member(body, "errors"))) {
        Problem problem{text_of(member(error, "field")), text_of(member(error, "message"))};
        if (!is_of_message(problem.field)) return problem;
        if (!first) first = std::move(problem);
    }
    return first.value_or(Problem());
}

class Sendgrid : public Provider {
  public:
    explicit Sendgrid(const ProviderSetup& setup)
        : setup_(setup),
          answers_(setup),
          endpoint_(endpoint_of(setup, usual_endpoint(setup.settings.region))) {}

    MessageForm form() const override { return MessageForm::kParts; }
    std::size_t most_bytes() const override { return kMostBytes; }

    std::string fault(const Message& message) const override {
        std::string why = smtputf8_fault(ProviderKind::kSendgrid, message);
        if (!why.empty()) return why;
        const Draft& draft = *message.parts;
        if (draft.subject.empty()) return "SendGrid takes no message without a subject";
        why = text_fault(ProviderKind::kSendgrid, message);
        if (!why.empty()) return why;
        return size_fault(ProviderKind::kSendgrid, message.size() + kBesideTheMessage, kMostBytes);
    }

    HttpRequest request(Messages messages, const Asking&) const override {
        const Message& message = *messages.front();
        const Draft& draft = *message.parts;
        Json envelope = {{"to", Json::array({{{"email", message.envelope.to.wire()}}})}};
        if (Json args = metadata(message); !args.empty()) envelope["custom_args"] = std::move(args);
        Json body = {{"personalizations", Json::array({std::move(envelope)})},
                     {"from", person(draft.from)},
                     {"subject", draft.subject},
                     {"content", content(draft)},
                     {"headers", headers(draft)},
                     {"tracking_settings", tracking_settings()}};
        if (draft.reply_to) body["reply_to"] = person(*draft.reply_to);
        if (!draft.attachments.empty()) body["attachments"] = attachments(draft);
        if (setup_.sandbox) body["mail_settings"] = {{"sandbox_mode", {{"enable", true}}}};
        return post_json(endpoint_ + "/v3/mail/send", {authorization()}, body);
    }

    std::vector<ProviderAnswer> answers(const HttpResponse& response,
                                        Messages messages) const override {
        return same_for_all(answer(response), messages.size());
    }

    Milliseconds pause_after(const HttpResponse& response, WallTime now) const override {
        auto reset = until_reset(response, "x-ratelimit-remaining", "x-ratelimit-reset", now);
        return std::max(Provider::pause_after(response, now), reset.value_or(Milliseconds(0)));
    }

    void probe(const Exchange& exchange) const override {
        const Json body =
            answers_.ask(exchange, {"GET", endpoint_ + "/v3/scopes", {authorization()}, ""});
        auto scopes = elements_of(member(body, "scopes"));
        if (std::find(scopes.begin(), scopes.end(), Json("mail.send")) != scopes.end()) return;
        throw answers_.trouble("says that the key may not send mail",
                               "give the key of `api_key` the permission Mail Send");
    }

  private:
    std::pair<std::string, std::string> authorization() const {
        return {"Authorization", "Bearer " + setup_.keys.api_key};
    }

    ProviderAnswer answer(const HttpResponse& response) const {
        // A sandbox checks, accepts nothing and says 200.
        if (response.status == 202 || (response.status == 200 && setup_.sandbox)) {
            return answers_.accepted(response.status, response.header("x-message-id"));
        }
        Problem problem = problem_of(response);
        bool refused =
            response.status == 413 || (response.status == 400 && is_of_message(problem.field));
        if (!refused) return answers_.of(response, problem.field, problem.words);
        return answers_.of(ProviderVerdict::kRefused, response.status, problem.field,
                           problem.words);
    }

    ProviderSetup setup_;
    Answers answers_;
    std::string endpoint_;
};

}  // namespace

std::unique_ptr<Provider> make_sendgrid(const ProviderSetup& setup) {
    return std::make_unique<Sendgrid>(setup);
}

}  // namespace tocsin
