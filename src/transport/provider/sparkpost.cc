// SparkPost's Transmissions API: developers.sparkpost.com/api/transmissions. The message goes as
// it is (`content.email_rfc822`), to one recipient a request.
//
// SparkPost reads `{{…}}` as its template language: the option `perform_substitutions` turns that
// off for bodies, not for header fields, where braces are written by the language's own functions.
// `transactional` keeps SparkPost from putting its own List-Unsubscribe over ours.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "transport/provider/answers.h"
#include "transport/provider/catalogue.h"
#include "transport/provider/json_body.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostContent = 20'000'000;
constexpr std::size_t kMostBody = 30'000'000;  // the same with JSON's escapes
constexpr std::size_t kMostCampaign = 64;      // bytes of campaign_id
// SparkPost's own receiver, which swallows; `options.sandbox` takes but one template of theirs.
constexpr char kSink[] = ".sink.sparkpostmail.com";

std::string escaped(std::string_view headers) {
    constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kBraces = {{
        {"{{{", "{{opening_triple_curly()}}"},
        {"{{", "{{opening_double_curly()}}"},
        {"}}}", "{{closing_triple_curly()}}"},
        {"}}", "{{closing_double_curly()}}"},
    }};
    std::string out;
    while (!headers.empty()) {
        auto found = std::find_if(kBraces.begin(), kBraces.end(), [&](const auto& braces) {
            return headers.starts_with(braces.first);
        });
        out += found == kBraces.end() ? headers.substr(0, 1) : found->second;
        headers.remove_prefix(found == kBraces.end() ? 1 : found->first.size());
    }
    return out;
}

std::string content_of(const std::string& bytes) {
    const std::size_t end = std::min(bytes.find("\r\n\r\n"), bytes.size());
    return escaped(std::string_view(bytes).substr(0, end)) + bytes.substr(end);
}

struct Fault {
    std::string code;
    std::string words;
};

Fault fault_of(const Json& errors) {
    if (elements_of(errors).empty()) return {};
    const Json& first = elements_of(errors).front();
    std::string words = text_of(member(first, "message"));
    std::string more = text_of(member(first, "description"));
    if (!words.empty() && !more.empty()) words += ": ";
    return {text_of(member(first, "code")), words + more};
}

// Of one recipient or message, by the table "Extended Error Codes".
bool is_refusal(int status, std::string_view code) {
    constexpr std::array<std::string_view, 15> kCodes = {"1300", "1305", "1901", "1902", "2007",
                                                         "3000", "3001", "3002", "3010", "3020",
                                                         "3040", "3050", "5002", "2002", "10001"};
    if (status == 413) return true;
    if (status != 400 && status != 422) return false;
    return std::find(kCodes.begin(), kCodes.end(), code) != kCodes.end();
}

ProviderVerdict verdict_of_error(int status, std::string_view code) {
    if (is_refusal(status, code)) return ProviderVerdict::kRefused;
    // "Server resources unavailable", to be retried later.
    if (status == 400 && code == "1502") return ProviderVerdict::kLater;
    return verdict_of(status);
}

bool is_count(const Json& value, int count) {
    return value.is_number_integer() && value == count;
}

class Sparkpost : public Provider {
  public:
    explicit Sparkpost(const ProviderSetup& setup) : setup_(setup), answers_(setup) {}

    MessageForm form() const override { return MessageForm::kMime; }
    std::size_t most_bytes() const override { return kMostBody; }
    std::string fault(const Message& message) const override {
        return size_fault(ProviderKind::kSparkpost, message.bytes.size(), kMostContent);
    }
    HttpRequest request(Messages messages, const Asking&) const override {
        return post_json(url("/api/v1/transmissions"), key(), body_of(*messages.front()));
    }
    std::vector<ProviderAnswer> answers(const HttpResponse& response,
                                        Messages messages) const override {
        return same_for_all(answer_to(response), messages.size());
    }
    void probe(const Exchange& exchange) const override;

  private:
    std::string url(const std::string& path) const {
        bool europe = setup_.settings.region == "eu";
        return endpoint_of(setup_,
                           europe ? "https://api.eu.sparkpost.com" : "https://api.sparkpost.com") +
               path;
    }
    HttpHeaders key() const { return {{"Authorization", setup_.keys.api_key}}; }
    Json body_of(const Message& message) const;
    ProviderAnswer answer_to(const HttpResponse& response) const;
    ProviderAnswer of_success(const HttpResponse& response, const Json& results) const;
    ProviderAnswer of_rejected(const HttpResponse& response, const Json& body) const;

    ProviderSetup setup_;
    Answers answers_;
};

Json Sparkpost::body_of(const Message& message) const {
    std::string to = message.envelope.to.wire();
    if (setup_.sandbox) to += kSink;
    Json body = {{"options",
                  {{"open_tracking", false},
                   {"click_tracking", false},
                   {"transactional", true},
                   {"perform_substitutions", false}}},
                 {"recipients", Json::array({{{"address", {{"email", to}}}}})},
                 {"content", {{"email_rfc822", content_of(message.bytes)}}}};
    if (Json data = metadata(message); !data.empty()) body["metadata"] = data;
    if (!message.campaign.empty() && message.campaign.size() <= kMostCampaign) {
        body["campaign_id"] = message.campaign;
    }
    return body;
}

ProviderAnswer Sparkpost::of_success(const HttpResponse& response, const Json& results) const {
    const std::string id = text_of(member(results, "id"));
    const bool taken = is_count(member(results, "total_accepted_recipients"), 1) &&
                       is_count(member(results, "total_rejected_recipients"), 0);
    return taken && !id.empty() ? answers_.accepted(response.status, id) : answers_.of(response);
}

// The one recipient was rejected, with a 200 or a 400: what is said of it is the reason.
ProviderAnswer Sparkpost::of_rejected(const HttpResponse& response, const Json& body) const {
    constexpr int kUnprocessable = 422;
    Fault fault = fault_of(member(member(body, "results"), "rcpt_to_errors"));
    if (fault.words.empty()) fault = fault_of(member(body, "errors"));
    return answers_.of(ProviderVerdict::kRefused,
                       is_success(response) ? kUnprocessable : response.status, fault.code,
                       fault.words);
}

ProviderAnswer Sparkpost::answer_to(const HttpResponse& response) const {
    const Json body = parse_json(response.body);
    const Json& results = member(body, "results");
    const bool counts = response.status == 200 || response.status == 400 || response.status == 422;
    if (counts && is_count(member(results, "total_accepted_recipients"), 0) &&
        is_count(member(results, "total_rejected_recipients"), 1)) {
        return of_rejected(response, body);
    }
    if (response.status == 200) return of_success(response, results);
    const auto [code, words] = fault_of(member(body, "errors"));
    return answers_.of(verdict_of_error(response.status, code), response.status, code,
                       words.empty() && code.empty() ? answers_.of(response).reply.text : words);
}

void Sparkpost::probe(const Exchange& exchange) const {
    const std::string& domain = setup_.sender_domain;
    HttpResponse response = exchange({"GET", url("/api/v1/sending-domains/" + domain), key(), ""});
    if (response.status == 404) {
        throw answers_.trouble("does not know the sending domain " + domain,
                               "add it in SparkPost under Sending Domains, or set `region`");
    }
    const Json body = parse_json(response.body);
    if (!is_success(response)) {
        const auto [code, words] = fault_of(member(body, "errors"));
        throw answers_.trouble(response, code, words);
    }
    const Json& status = member(member(body, "results"), "status");
    if (member(status, "ownership_verified") != true) {
        throw answers_.trouble("has not verified the sending domain " + domain,
                               "verify it in SparkPost under Sending Domains");
    }
    const std::string compliance = text_of(member(status, "compliance_status"));
    if (compliance != "valid" && !compliance.empty()) {
        throw answers_.trouble("lets nothing out for " + domain + ": it is " + compliance,
                               "ask SparkPost's support");
    }
}

}  // namespace

std::unique_ptr<Provider> make_sparkpost(const ProviderSetup& setup) {
    return std::make_unique<Sparkpost>(setup);
}

}  // namespace tocsin
