// Brevo's API for single mails: developers.brevo.com/reference/sendtransacemail. One mail a
// request: no document says that a version in `messageVersions` may have headers of its own, and
// each person has a List-Unsubscribe of theirs.
//
// `headers.idempotencyKey` is a UUID. Brevo does not repeat the first answer for a key that it has
// seen: it answers `duplicate_parameter`, which does not say what became of the first request.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "mail/encoded_word.h"
#include "transport/provider/answers.h"
#include "transport/provider/catalogue.h"
#include "transport/provider/json_body.h"
#include "transport/provider/rate_headers.h"

namespace tocsin {
namespace {

constexpr std::size_t kMost = 20'000'000;
// Documented as 15 minutes and as 30; one less for what is under way.
constexpr Milliseconds kRemembered = std::chrono::minutes(14);

// 8-4-4-4-12 hex digits, marked as version 4 (RFC 9562 section 5.4).
std::string uuid(const std::string& key) {
    std::string digits = key.substr(0, 12) + "4" + key.substr(13, 3) + "a" + key.substr(17, 15);
    for (std::size_t dash : {8u, 13u, 18u, 23u}) digits.insert(dash, "-");
    return digits;
}

// Brevo decodes encoded words in these and sends the bytes: what stands before the `<…>` of a
// List-Id is left out, and any other header that is not plain ASCII.
Json plain_headers(const Draft& draft) {
    Json out = Json::object();
    for (auto& [name, value] : custom_headers(draft)) {
        bool encoded = value.find("=?") != std::string::npos;
        const std::size_t id = value.ends_with('>') ? value.rfind('<') : value.npos;
        if (encoded) value = id == value.npos ? "" : value.substr(id);
        if (!value.empty()) out[name] = value;
    }
    return out;
}

// A name with letters beyond ASCII and a comma or the like is lost unless it comes encoded.
Json sender_of(const NamedMailbox& from) {
    NamedMailbox sender = from;
    auto beyond = [](char c) { return static_cast<unsigned char>(c) > 127; };
    bool special = sender.name.find_first_of("()<>[]:;@\\,.\"") != std::string::npos;
    if (special && std::any_of(sender.name.begin(), sender.name.end(), beyond)) {
        sender.name = encode_phrase(sender.name, 0);
    }
    return person(sender);
}

ProviderVerdict verdict_of_error(int status, const std::string& code, const std::string& words) {
    if (status != 400) return verdict_of(status);
    if (code == "duplicate_parameter" || code == "duplicate_request") {
        return ProviderVerdict::kUnclear;
    }
    // The same code tells of a sender that is not set up, and of a bad address for replies.
    const std::string lower = ascii_lower(words);
    bool sender = lower.find("sender") != lower.npos || lower.find("replyto") != lower.npos;
    if (code == "invalid_parameter" && !sender) return ProviderVerdict::kRefused;
    return ProviderVerdict::kAccount;
}

bool is_or_is_below(const std::string& domain, const std::string& other) {
    return !other.empty() && (domain == other || domain.ends_with("." + other));
}

class Brevo : public Provider {
  public:
    explicit Brevo(const ProviderSetup& setup) : setup_(setup), answers_(setup) {}

    MessageForm form() const override { return MessageForm::kParts; }
    std::size_t most_bytes() const override { return kMost; }
    Milliseconds remembers() const override { return kRemembered; }
    std::string fault(const Message& message) const override {
        std::string fault = smtputf8_fault(ProviderKind::kBrevo, message);
        if (fault.empty()) fault = text_fault(ProviderKind::kBrevo, message);
        return fault.empty() ? size_fault(ProviderKind::kBrevo, message.size(), kMost) : fault;
    }
    HttpRequest request(Messages messages, const Asking& asking) const override {
        return post_json(url("/v3/smtp/email"), key(), body_of(*messages.front(), asking));
    }
    std::vector<ProviderAnswer> answers(const HttpResponse& response,
                                        Messages messages) const override {
        return same_for_all(answer_to(response), messages.size());
    }
    Milliseconds pause_after(const HttpResponse& response, WallTime now) const override {
        if (auto told = retry_after(response, now)) return *told;
        return until_reset(response, "x-sib-ratelimit-remaining", "x-sib-ratelimit-reset", now)
            .value_or(Milliseconds(0));
    }
    void probe(const Exchange& exchange) const override;

  private:
    std::string url(const std::string& path) const {
        return endpoint_of(setup_, "https://api.brevo.com") + path;
    }
    HttpHeaders key() const { return {{"api-key", setup_.keys.api_key}}; }
    HttpRequest get(const std::string& path) const { return {"GET", url(path), key(), ""}; }
    Json headers_of(const Message& message, const Asking& asking) const;
    Json body_of(const Message& message, const Asking& asking) const;
    ProviderAnswer answer_to(const HttpResponse& response) const;
    bool has_domain(const Json& domains) const;
    bool has_sender(const Json& senders) const;

    ProviderSetup setup_;
    Answers answers_;
};

Json Brevo::headers_of(const Message& message, const Asking& asking) const {
    Json headers = plain_headers(*message.parts);
    if (Json data = metadata(message); !data.empty()) headers["X-Mailin-custom"] = json_text(data);
    if (!asking.key.empty()) headers["idempotencyKey"] = uuid(asking.key);
    if (setup_.sandbox) headers["X-Sib-Sandbox"] = "drop";
    return headers;
}

Json Brevo::body_of(const Message& message, const Asking& asking) const {
    const Draft& draft = *message.parts;
    Json body = {{"sender", sender_of(draft.from)},
                 {"to", Json::array({{{"email", message.envelope.to.wire()}}})},
                 {"subject", draft.subject}};
    if (draft.reply_to) body["replyTo"] = person(*draft.reply_to);
    if (!draft.html.empty()) body["htmlContent"] = draft.html;
    if (!draft.text.empty()) body["textContent"] = draft.text;
    if (Json headers = headers_of(message, asking); !headers.empty()) body["headers"] = headers;
    if (!message.campaign.empty()) body["tags"] = Json::array({message.campaign});
    for (const AttachedFile& file : draft.attachments) {
        body["attachment"].push_back({{"name", file.name}, {"content", base64(file.bytes)}});
    }
    return body;
}

ProviderAnswer Brevo::answer_to(const HttpResponse& response) const {
    const Json body = parse_json(response.body);
    const Json& id = member(body, "messageId");
    if (response.status == 201 && id.is_string() && id != "") {
        return answers_.accepted(response.status, text_of(id));
    }
    const std::string code = text_of(member(body, "code"));
    const std::string words = text_of(member(body, "message"));
    if (code.empty()) return answers_.of(response);
    return answers_.of(verdict_of_error(response.status, code, words), response.status, code,
                       words);
}

bool Brevo::has_domain(const Json& domains) const {
    auto elements = elements_of(member(domains, "domains"));
    return std::any_of(elements.begin(), elements.end(), [&](const Json& domain) {
        return member(domain, "authenticated") == true &&
               is_or_is_below(setup_.sender_domain, text_of(member(domain, "domain_name")));
    });
}

bool Brevo::has_sender(const Json& senders) const {
    auto elements = elements_of(member(senders, "senders"));
    return std::any_of(elements.begin(), elements.end(), [&](const Json& sender) {
        return member(sender, "active") == true &&
               ascii_lower(text_of(member(sender, "email"))).ends_with("@" + setup_.sender_domain);
    });
}

void Brevo::probe(const Exchange& exchange) const {
    answers_.ask(exchange, get("/v3/account"));
    if (has_domain(answers_.ask(exchange, get("/v3/senders/domains")))) return;
    if (has_sender(answers_.ask(exchange, get("/v3/senders")))) return;
    throw answers_.trouble(
        "has no authenticated domain and no active sender for " + setup_.sender_domain,
        "add and authenticate it in Brevo under Senders, Domains & IPs");
}

}  // namespace

std::unique_ptr<Provider> make_brevo(const ProviderSetup& setup) {
    return std::make_unique<Brevo>(setup);
}

}  // namespace tocsin
