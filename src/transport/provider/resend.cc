// Resend's API: resend.com/docs/api-reference/emails. One mail by /emails, more by /emails/batch in
// its permissive mode, where what is wrong with one mail does not stop the others. A mail with
// attachments goes alone: the batch would lose them without a word.
//
// Requests with the same `Idempotency-Key` and body get the first answer again for 24 hours.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "transport/provider/answers.h"
#include "transport/provider/catalogue.h"
#include "transport/provider/json_body.h"
#include "transport/provider/rate_headers.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostMessages = 100;
constexpr std::size_t kMost = 40'000'000;  // with attachments in base64
constexpr Milliseconds kRemembered = std::chrono::hours(23);
constexpr char kSandbox[] = "delivered@resend.dev";

constexpr int kUnprocessable = 422;  // what one error inside a batch stands for

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

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// `alone`: the request held one mail, so that what is wrong with it is wrong with that mail.
ProviderVerdict verdict_of_error(int status, std::string_view name, bool alone) {
    constexpr std::array<std::string_view, 2> kQuota = {"daily_quota_exceeded",
                                                        "monthly_quota_exceeded"};
    constexpr std::array<std::string_view, 3> kOfOne = {"validation_error", "invalid_attachment",
                                                        "invalid_parameter"};
    // The key was seen already: with another body, or in a request that is still running.
    if (status == 409) return ProviderVerdict::kUnclear;
    if (status == 429 && is_one_of(kQuota, name)) return ProviderVerdict::kAccount;
    bool refused = (status == 400 || status == kUnprocessable) && is_one_of(kOfOne, name);
    return refused && alone ? ProviderVerdict::kRefused : verdict_of(status);
}

// The ids of `data`, each once; nothing where one is missing or stands twice.
std::vector<std::string> ids_of(const Json& data) {
    std::vector<std::string> ids;
    for (const Json& element : elements_of(data)) {
        const Json& id = member(element, "id");
        if (!id.is_string() || id == "") return {};
        ids.push_back(id.get<std::string>());
    }
    return std::set(ids.begin(), ids.end()).size() == ids.size() ? ids : std::vector<std::string>{};
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
        return fault.empty() ? size_fault(ProviderKind::kResend, message.size(), kMost) : fault;
    }
    HttpRequest request(Messages messages, const Asking& asking) const override;
    std::vector<ProviderAnswer> answers(const HttpResponse& response,
                                        Messages messages) const override;
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
    ProviderAnswer of_failure(const HttpResponse& response, const Json& body, bool alone) const;
    // Nothing where the body is not as documented.
    std::vector<ProviderAnswer> of_batch(const Json& body, std::size_t count) const;

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

// `errors` names the mails that were not taken, by their index; `data` has the ids of the others,
// in their order.
std::vector<ProviderAnswer> Resend::of_batch(const Json& body, std::size_t count) const {
    std::vector<ProviderAnswer> answers(count);
    std::vector<bool> refused(count, false);
    const auto errors = elements_of(member(body, "errors"));
    for (const Json& error : errors) {
        const Json& index = member(error, "index");
        if (!index.is_number_unsigned() || index >= count) return {};
        const std::size_t at = index.get<std::size_t>();
        if (refused[at]) return {};
        refused[at] = true;
        answers[at] = answers_.of(ProviderVerdict::kRefused, kUnprocessable, "validation_error",
                                  text_of(member(error, "message")));
    }
    const auto ids = ids_of(member(body, "data"));
    if (ids.size() + errors.size() != count) return {};
    auto id = ids.begin();
    for (std::size_t i = 0; i < count; ++i) {
        if (!refused[i]) answers[i] = answers_.accepted(200, *id++);
    }
    return answers;
}

ProviderAnswer Resend::of_failure(const HttpResponse& response, const Json& body,
                                  bool alone) const {
    const std::string name = text_of(member(body, "name"));
    if (name.empty() && response.status != 409) return answers_.of(response);
    return answers_.of(verdict_of_error(response.status, name, alone), response.status, name,
                       text_of(member(body, "message")));
}

std::vector<ProviderAnswer> Resend::answers(const HttpResponse& response, Messages messages) const {
    const Json body = parse_json(response.body);
    const bool alone = messages.size() == 1;
    if (response.status != 200) {
        return same_for_all(of_failure(response, body, alone), messages.size());
    }
    if (!alone) {
        auto answers = of_batch(body, messages.size());
        return answers.empty() ? same_for_all(answers_.of(response), messages.size()) : answers;
    }
    const Json& id = member(body, "id");
    if (!id.is_string() || id == "") return {answers_.of(response)};
    return {answers_.accepted(response.status, text_of(id))};
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
