// Amazon SES, API v2: one raw message a request, signed. The facts are those of the service's model
// sesv2-2019-09-27.

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/log.h"
#include "base/text.h"
#include "transport/provider/answers.h"
#include "transport/provider/catalogue.h"
#include "transport/provider/json_body.h"
#include "transport/provider/ses_answers.h"
#include "transport/provider/sigv4.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostBytes = 40'000'000;  // "40 MB after base64"
constexpr std::size_t kBesideTheMessage = 4096;
constexpr char kSimulator[] = "success@simulator.amazonses.com";

std::string region_of(const ProviderSetup& setup) {
    return setup.settings.region.empty() ? "us-east-1" : setup.settings.region;
}

std::string usual_endpoint(const std::string& region) {
    return "https://email." + region + ".amazonaws.com" + (region.starts_with("cn-") ? ".cn" : "");
}

// Tags hold letters, digits, `_` and `-`, up to 256 of them.
std::string tag_value(std::string_view text) {
    std::string out(text.substr(0, 256));
    for (char& c : out) {
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        if (!plain && c != '-') c = '_';
    }
    return out;
}

Json tags(const Message& message) {
    Json out = Json::array();
    const Json names_and_values = metadata(message);
    for (const auto& [name, value] : names_and_values.items()) {
        out.push_back({{"Name", name}, {"Value", tag_value(value.get<std::string>())}});
    }
    return out;
}

// The mail's own sender, which must be verified; not the return path, which is SES's anyway.
std::string from_address(const Message& message) {
    constexpr std::string_view kFrom = "From: ";
    std::size_t at = message.bytes.starts_with(kFrom) ? 0 : message.bytes.find("\r\nFrom: ");
    if (at == std::string::npos) return message.envelope.from.wire();
    at = message.bytes.find(' ', at) + 1;
    std::size_t end = message.bytes.find("\r\n", at);
    while (end != std::string::npos && message.bytes.substr(end + 2, 1) == " ") {  // folded
        end = message.bytes.find("\r\n", end + 2);
    }
    std::string_view value = std::string_view(message.bytes).substr(at, end - at);
    if (std::size_t open = value.rfind('<'); open != value.npos && value.ends_with('>')) {
        value = value.substr(open + 1, value.size() - open - 2);
    }
    return std::string(trim(value));
}

class Ses : public Provider {
  public:
    explicit Ses(const ProviderSetup& setup)
        : setup_(setup),
          answers_(setup),
          endpoint_(endpoint_of(setup, usual_endpoint(region_of(setup)))) {}

    MessageForm form() const override { return MessageForm::kMime; }
    std::size_t most_bytes() const override { return kMostBytes; }

    std::string fault(const Message& message) const override {
        std::string why = smtputf8_fault(ProviderKind::kSes, message);
        if (!why.empty()) return why;
        std::size_t encoded = (message.bytes.size() + 2) / 3 * 4 + kBesideTheMessage;
        return size_fault(ProviderKind::kSes, encoded, kMostBytes);
    }

    HttpRequest request(Messages messages, const Asking& asking) const override {
        const Message& message = *messages.front();
        std::string to = setup_.sandbox ? kSimulator : message.envelope.to.wire();
        Json body = {{"FromEmailAddress", from_address(message)},
                     {"Destination", {{"ToAddresses", Json::array({to})}}},
                     {"Content", {{"Raw", {{"Data", base64(message.bytes)}}}}}};
        if (Json given = tags(message); !given.empty()) body["EmailTags"] = std::move(given);
        if (!setup_.settings.configuration_set.empty()) {
            body["ConfigurationSetName"] = setup_.settings.configuration_set;
        }
        return signed_request(post_json(endpoint_ + "/v2/email/outbound-emails", {}, body),
                              asking.now);
    }

    std::vector<ProviderAnswer> answers(const HttpResponse& response,
                                        Messages messages) const override {
        return same_for_all(ses_answer(answers_, response), messages.size());
    }

    void probe(const Exchange& exchange) const override {
        Json account = ask(exchange, "account");
        if (member(account, "SendingEnabled") == Json(false)) {
            throw answers_.trouble("has paused sending for this account in " + region_of(setup_),
                                   "look at the account's dashboard in the SES console");
        }
        if (member(account, "ProductionAccessEnabled") == Json(false)) {
            throw answers_.trouble("has this account in its sandbox in " + region_of(setup_) +
                                       ": it mails to verified addresses only",
                                   "ask for production access in the SES console, in this region");
        }
        probe_domain(exchange);
    }

    Rates allowance(const Exchange& exchange) const override {
        HttpResponse response = exchange(get("account"));
        if (ses_error_code(response) ==
            "AccessDeniedException") {  // a key that may send all the same
            log_warning(
                "Amazon SES does not tell this key the account's quota, so none is kept: "
                "the permission ses:GetAccount would let it");
            return {};
        }
        return ses_rates(member(json_of(response), "SendQuota"));
    }

  private:
    HttpRequest signed_request(HttpRequest request, WallTime now) const {
        request.headers.emplace_back("X-Amz-Content-Sha256", sha256_hex(request.body));
        sign_aws(request, {setup_.keys.api_key, setup_.keys.secret_key, setup_.keys.session_token},
                 {region_of(setup_), "ses", now});
        return request;
    }

    HttpRequest get(const std::string& what) const {
        return signed_request({"GET", endpoint_ + "/v2/email/" + what, {}, ""},
                              SystemClock().now());
    }

    Json ask(const Exchange& exchange, const std::string& what) const {
        return json_of(exchange(get(what)));
    }

    Json json_of(const HttpResponse& response) const {
        if (stands_in(response)) return nullptr;
        if (!is_success(response)) throw ses_trouble(answers_, response);
        return answers_.json_of(response);
    }

    // Of a server of one's own that knows nothing of accounts and identities.
    bool stands_in(const HttpResponse& response) const {
        bool unknown = response.status == 400 || response.status == 404;
        return unknown && !setup_.settings.endpoint.empty() && ses_error_code(response).empty();
    }

    // The identity may be that of a domain above.
    void probe_domain(const Exchange& exchange) const {
        for (std::string domain = setup_.sender_domain; domain.find('.') != std::string::npos;
             domain.erase(0, domain.find('.') + 1)) {
            HttpResponse response = exchange(get("identities/" + uri_encoded(domain)));
            if (response.status == 404 && ses_error_code(response) == "NotFoundException") continue;
            if (stands_in(response)) return;
            if (!is_success(response)) throw ses_trouble(answers_, response);
            if (member(parse_json(response.body), "VerifiedForSendingStatus") == Json(true)) return;
            break;
        }
        if (setup_.sender_domain.empty()) return;
        throw answers_.trouble(
            "may not send for " + setup_.sender_domain + " in " + region_of(setup_),
            "verify the domain in the SES console, in this region; a verified address is not "
            "enough for mail to many");
    }

    ProviderSetup setup_;
    Answers answers_;
    std::string endpoint_;
};

}  // namespace

std::unique_ptr<Provider> make_ses(const ProviderSetup& setup) {
    return std::make_unique<Ses>(setup);
}

}  // namespace tocsin
