#include "transport/provider/answers.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "transport/provider/json_body.h"

namespace tocsin {
namespace {

// Shorter "secrets" would turn ordinary words into asterisks.
constexpr std::size_t kShortestSecret = 6;
constexpr std::size_t kMostWords = 300;  // of a body that nobody understands

void replace_all(std::string& text, const std::string& what) {
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += 3) {
        text.replace(at, what.size(), "***");
    }
}

// "403 SignatureDoesNotMatch …"
std::string joined(std::string_view code, std::string_view words) {
    std::string out(code);
    if (!out.empty() && !words.empty()) out += ' ';
    return out += words;
}

struct Fault {
    std::string code;
    std::string words;
};

// What most say of a request that they refuse, or nothing: then the whole body is shown.
Fault fault_in(const Json& body) {
    const auto errors = elements_of(member(body, "errors"));
    const Json& said = errors.empty() ? body : errors.front();
    Fault fault{text_of(member(said, "code")), text_of(member(said, "message"))};
    if (!fault.words.empty()) return fault;
    return {text_of(member(said, "ErrorCode")), text_of(member(said, "ErrorMessage"))};
}

std::string hint_of(ProviderKind kind, int status) {
    switch (verdict_of(status)) {
        case ProviderVerdict::kAccount:
            break;
        case ProviderVerdict::kThrottled:
        case ProviderVerdict::kLater:
            return "try again in a few minutes";
        default:
            return "try again later, or look at the provider's status page";
    }
    if (status == 401 || status == 403) {
        return "check " + std::string(key_names(kind)) +
               " of this transport in tocsin.yaml, and what the key may do";
    }
    if (status == 402) return "look at the account at " + std::string(title(kind));
    return "check `endpoint` and `region` of this transport in tocsin.yaml";
}

std::string beginning_of(ProviderKind kind, int status) {
    if (status == 401 || status == 403) {
        return std::string(title(kind)) + " refuses the key: " + std::to_string(status);
    }
    return std::string(title(kind)) + " answers " + std::to_string(status);
}

}  // namespace

ProviderVerdict verdict_of(int status) {
    if (status == 429) return ProviderVerdict::kThrottled;
    if (status == 408 || status == 425 || status == 503) return ProviderVerdict::kLater;
    return status >= 300 && status < 500 ? ProviderVerdict::kAccount : ProviderVerdict::kUnclear;
}

bool is_success(const HttpResponse& response) {
    return response.status >= 200 && response.status < 300;
}

Answers::Answers(const ProviderSetup& setup) : kind_(setup.settings.kind) {
    const ProviderKeys& keys = setup.keys;
    constexpr std::size_t kScheme = sizeof "Basic " - 1;
    // As they stand in requests, longest first.
    for (const std::string& secret : {basic_auth("api", keys.api_key).substr(kScheme),
                                      basic_auth(keys.api_key, keys.secret_key).substr(kScheme),
                                      keys.session_token, keys.secret_key, keys.api_key}) {
        if (secret.size() >= kShortestSecret) secrets_.push_back(secret);
    }
}

std::string Answers::clean(std::string_view text) const {
    std::string out(text);
    for (const std::string& secret : secrets_) replace_all(out, secret);
    return reply_text(out);
}

ProviderAnswer Answers::of(ProviderVerdict verdict, int status, std::string_view code,
                           std::string_view words) const {
    if (status < 200 || status > 599) status = 500;
    return {verdict, SmtpReply{status, "", clean(joined(code, words))}, kind_};
}

ProviderAnswer Answers::accepted(int status, std::string_view message_id) const {
    return of(ProviderVerdict::kAccepted, status, message_id.empty() ? "" : "id", message_id);
}

ProviderAnswer Answers::of(const HttpResponse& response, std::string_view code,
                           std::string_view words) const {
    if (!code.empty() || !words.empty()) {
        return of(verdict_of(response.status), response.status, code, words);
    }
    // Cut behind the masking only: half of a secret would not be known for one.
    const std::string masked = clean(response.body);
    return of(verdict_of(response.status), response.status, "",
              trim(std::string_view(masked).substr(0, kMostWords)));
}

Unavailable Answers::trouble(const HttpResponse& response, std::string_view code,
                             std::string_view words) const {
    const std::string said = of(response, code, words).reply.text;
    return Unavailable(joined(beginning_of(kind_, response.status), said),
                       hint_of(kind_, response.status));
}

Unavailable Answers::trouble(std::string_view sentence, std::string_view hint) const {
    return Unavailable(joined(title(kind_), clean(sentence)), std::string(hint));
}

Json Answers::ask(const Provider::Exchange& exchange, const HttpRequest& request) const {
    HttpResponse response = exchange(request);
    if (!is_success(response)) {
        const Fault fault = fault_in(parse_json(response.body));
        throw trouble(response, fault.code, fault.words);
    }
    return json_of(response);
}

Json Answers::json_of(const HttpResponse& response) const {
    Json value = parse_json(response.body);
    if (value.is_null()) throw trouble("answers something else than JSON", "check `endpoint`");
    return value;
}

std::vector<ProviderAnswer> same_for_all(const ProviderAnswer& answer, std::size_t count) {
    return std::vector<ProviderAnswer>(count, answer);
}

std::string endpoint_of(const ProviderSetup& setup, std::string_view usual) {
    return setup.settings.endpoint.empty() ? std::string(usual) : setup.settings.endpoint;
}

std::string size_fault(ProviderKind kind, std::size_t bytes, std::size_t most) {
    if (bytes <= most) return "";
    return "the message has " + grouped(bytes) + " bytes, and " + std::string(title(kind)) +
           " takes " + grouped(most);
}

std::string text_fault(ProviderKind kind, const Message& message) {
    if (!message.parts->text.empty() || !message.parts->html.empty()) return "";
    return std::string(title(kind)) + " takes no message without a text";
}

std::string smtputf8_fault(ProviderKind kind, const Message& message) {
    if (!message.envelope.to.needs_smtputf8()) return "";
    return std::string(title(kind)) + " takes no address with letters beyond ASCII before the @";
}

}  // namespace tocsin
