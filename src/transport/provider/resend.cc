// Resend's API: resend.com/docs/api-reference/emails. One mail by /emails, more by /emails/batch in
// its permissive mode, where what is wrong with one mail does not stop the others. A mail with
// attachments goes alone: the batch would lose them without a word.
//
// Requests with the same `Idempotency-Key` and body get the first answer again for 24 hours.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "transport/provider/answers.h"
#include "transport/provider/catalogue.h"
#include "transport/provider/json_body.h"
#include "transport/provider/rate_headers.h"
#include "transport/provider/resend_answers.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostMessages = 100;
constexpr std::size_t kMost = 40'000'000;  // with attachments in base64
constexpr Milliseconds kRemembered = std::chrono::hours(23);
constexpr char kSandbox[] = "delivered@resend.dev";

bool is_tag(std::string_view value) {
    constexpr std::size_t kMostTag = 256;
    auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-';
    };
    return !value.empty() && value.size() <= kMostTag &&
           std::all_of(value.begin(), value.end(), allowed);
}

Json tags_of(const Message& message) {
    Json tags = Json::array();
    const Json data = metadata(message);
    for (const auto& [name, value] : data.items()) {
        if (is_tag(text_of(value))) tags.push_back({{"name", name}, {"value", value}});
    }
    return tags;
}

Json files_of(const Draft& draft) {
    Json files = Json::array();
    for (const AttachedFile& file : draft.attachments) {
        files.push_back({{"filename", file.name},
                         {"content", base64(file.bytes)},
                         {"content_type", file.media_type}});
    }
    return files;
}

class Resend : public Provider {
  public:
    explicit Resend(const ProviderSetup& setup) : setup_(setup), answers_(setup) {}

    MessageForm form() const override { return MessageForm::kParts; }
    std::size_t most_messages() const override { return kMostMessages; }
    std::size_t most_bytes() const override { return kMost; }
    bool alone(const Message& message) const override {
        return !message.parts->attachments.empty();
    }
    Milliseconds remembers() const override { return kRemembered; }
    std::string fault(const Message& message) const override {
        std::string fault = smtputf8_fault(ProviderKind::kResend, message);
        if (fault.empty()) fault = text_fault(ProviderKind::kResend, message);
        return fault.empty() ? size_fault(ProviderKind::kResend, message.size(), kMost) : fault;
    }
    HttpRequest request(Messages messages, const Asking& asking) const override;
    std::vector<ProviderAnswer> answers(const HttpResponse& response,
                                        Messages messages) const override {
        return resend_answers(answers_, response, messages.size());
    }
    Milliseconds pause_after(const HttpResponse& response, WallTime now) const override {
        if (auto told = retry_after(response, now)) return *told;
        return until_reset(response, "ratelimit-remaining", "ratelimit-reset", now)
            .value_or(Milliseconds(0));
    }
    void probe(const Exchange& exchange) const override;

  private:
    std::string url(const std::string& path) const {
        return endpoint_of(setup_, "https://api.resend.com") + path;
    }
    // Requests without a User-Agent are refused (403).
    HttpHeaders key() const {
        return {{"Authorization", "Bearer " + setup_.keys.api_key}, {"User-Agent", "tocsin"}};
    }
    Json mail_of(const Message& message) const;

    ProviderSetup setup_;
    Answers answers_;
};

Json Resend::mail_of(const Message& message) const {
    const Draft& draft = *message.parts;
    std::string to = setup_.sandbox ? kSandbox : message.envelope.to.wire();
    Json mail = {{"from", written_address(draft.from)},
                 {"to", Json::array({to})},
                 {"subject", draft.subject}};
    if (draft.reply_to) mail["reply_to"] = written_address(*draft.reply_to);
    if (!draft.html.empty()) mail["html"] = draft.html;
    if (!draft.text.empty()) mail["text"] = draft.text;
    for (const auto& [name, value] : custom_headers(draft)) mail["headers"][name] = value;
    if (Json tags = tags_of(message); !tags.empty()) mail["tags"] = tags;
    if (Json files = files_of(draft); !files.empty()) mail["attachments"] = files;
    return mail;
}

HttpRequest Resend::request(Messages messages, const Asking& asking) const {
    HttpHeaders headers = key();
    if (!asking.key.empty()) headers.emplace_back("Idempotency-Key", asking.key);
    if (messages.size() == 1) {
        return post_json(url("/emails"), std::move(headers), mail_of(*messages.front()));
    }
    Json mails = Json::array();
    for (const Message* message : messages) {
        if (alone(*message)) throw std::invalid_argument("a mail with attachments is in a batch");
        mails.push_back(mail_of(*message));
    }
    headers.emplace_back("x-batch-validation", "permissive");
    return post_json(url("/emails/batch"), std::move(headers), mails);
}

void Resend::probe(const Exchange& exchange) const {
    HttpResponse response = exchange({"GET", url("/domains?limit=100"), key(), ""});
    const Json body = parse_json(response.body);
    const std::string name = text_of(member(body, "name"));
    // A key for sending alone: it is good, and may look at nothing.
    if (response.status == 401 && name == "restricted_api_key") return;
    if (!is_success(response)) {
        throw answers_.trouble(response, name, text_of(member(body, "message")));
    }
    for (const Json& domain : elements_of(member(body, "data"))) {
        if (member(domain, "name") != setup_.sender_domain) continue;
        const std::string status = text_of(member(domain, "status"));
        if (status == "verified" || status == "partially_verified") return;
        throw answers_.trouble(
            "has not verified the domain " + setup_.sender_domain + ": " + status,
            "set its DNS records and verify it in Resend under Domains");
    }
    if (member(body, "has_more") == true) return;
    throw answers_.trouble("does not know the domain " + setup_.sender_domain,
                           "add it in Resend under Domains; a subdomain counts for itself");
}

}  // namespace

std::unique_ptr<Provider> make_resend(const ProviderSetup& setup) {
    return std::make_unique<Resend>(setup);
}

}  // namespace tocsin
