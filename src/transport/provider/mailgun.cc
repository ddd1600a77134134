// Mailgun: one raw message a request, as a form. The facts are those of Mailgun's OpenAPI document.

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "transport/provider/answers.h"
#include "transport/provider/catalogue.h"
#include "transport/provider/json_body.h"
#include "transport/provider/multipart_form.h"
#include "transport/provider/rate_headers.h"
#include "transport/provider/sigv4.h"

namespace tocsin {
namespace {

constexpr std::size_t kMostBytes = 25'000'000;
constexpr std::size_t kBesideTheMessage = 4096;

std::string usual_endpoint(const std::string& region) {
    return region == "eu" ? "https://api.eu.mailgun.net" : "https://api.mailgun.net";
}

// The words of an answer: `message`, or all of a body that is a JSON string ("Forbidden").
std::string words_of(const HttpResponse& response) {
    const Json body = parse_json(response.body);
    return body.is_string() ? text_of(body) : text_of(member(body, "message"));
}

// Whether a 400 speaks of the recipient or of this message: all else (sandbox domains, accounts
// that are not activated, a missing sender) is the same for everybody.
bool is_of_message(const std::string& words) {
    constexpr std::array<std::string_view, 3> kWords = {"to parameter", "'to' parameter",
                                                        "too large"};
    const std::string lower = ascii_lower(words);
    return std::any_of(kWords.begin(), kWords.end(),
                       [&](std::string_view one) { return lower.find(one) != lower.npos; });
}

// "…limit exceeded, try again after 120 seconds": Mailgun says it in words only.
Milliseconds pause_in(const std::string& words) {
    constexpr std::string_view kAfter = "try again after ";
    constexpr std::size_t kMostDigits = 5;  // a day has 86,400 seconds
    std::size_t at = words.find(kAfter);
    if (at == words.npos) return Milliseconds(0);
    at += kAfter.size();
    std::size_t digits = std::min(words.find_first_not_of("0123456789", at), words.size()) - at;
    if (digits == 0 || digits > kMostDigits) return Milliseconds(0);
    return std::min<Milliseconds>(std::chrono::seconds(std::stoi(words.substr(at, digits))),
                                  std::chrono::hours(24));
}

// <id@domain>, as webhooks have it: without the brackets.
std::string without_brackets(std::string id) {
    if (id.size() > 2 && id.front() == '<' && id.back() == '>') id = id.substr(1, id.size() - 2);
    return id;
}

class Mailgun : public Provider {
  public:
    explicit Mailgun(const ProviderSetup& setup)
        : setup_(setup),
          answers_(setup),
          endpoint_(endpoint_of(setup, usual_endpoint(setup.settings.region))) {}

    MessageForm form() const override { return MessageForm::kMime; }
    std::size_t most_bytes() const override { return kMostBytes; }

    // Addresses beyond ASCII are left to Mailgun, whose documents do not speak of them.
    std::string fault(const Message& message) const override {
        return size_fault(ProviderKind::kMailgun, message.bytes.size() + kBesideTheMessage,
                          kMostBytes);
    }

    HttpRequest request(Messages messages, const Asking&) const override {
        const Message& message = *messages.front();
        MultipartForm form;
        form.add("to", message.envelope.to.wire());
        // Links stay as they are, and nobody is watched.
        form.add("o:tracking", "no");
        if (!message.campaign.empty()) form.add("o:tag", message.campaign);
        const Json given = metadata(message);
        for (const auto& [name, value] : given.items()) {
            form.add("v:" + name, value.get<std::string>());
        }
        if (setup_.sandbox) form.add("o:testmode", "yes");
        form.add_file("message", "message.eml", "message/rfc822", message.bytes);
        return {"POST",
                endpoint_ + "/v3/" + uri_encoded(setup_.settings.domain) + "/messages.mime",
                {authorization(), {"Content-Type", form.content_type()}},
                form.body()};
    }

    std::vector<ProviderAnswer> answers(const HttpResponse& response,
                                        Messages messages) const override {
        return same_for_all(answer(response), messages.size());
    }

    Milliseconds pause_after(const HttpResponse& response, WallTime now) const override {
        auto reset = until_reset(response, "x-ratelimit-remaining", "x-ratelimit-reset", now);
        Milliseconds told = response.status == 429 ? pause_in(words_of(response)) : Milliseconds(0);
        return std::max(
            {Provider::pause_after(response, now), told, reset.value_or(Milliseconds(0))});
    }

    void probe(const Exchange& exchange) const override {
        const std::string& name = setup_.settings.domain;
        HttpResponse response = exchange(
            {"GET", endpoint_ + "/v4/domains/" + uri_encoded(name), {authorization()}, ""});
        if (response.status == 404) {
            throw answers_.trouble("does not know the domain " + name,
                                   "check `domain` and `region` of this transport in tocsin.yaml");
        }
        if (!is_success(response)) throw answers_.trouble(response, "", words_of(response));
        const Json body = parse_json(response.body);
        const Json& domain = member(body, "domain");
        const std::string state = text_of(member(domain, "state"));
        if (state == "active" && member(domain, "is_disabled") != Json(true)) return;
        throw answers_.trouble("may not send for " + name + " now: it is " +
                                   (state.empty() || state == "active" ? "disabled" : state),
                               "look at the domain in Mailgun's dashboard");
    }

  private:
    std::pair<std::string, std::string> authorization() const {
        return {"Authorization", basic_auth("api", setup_.keys.api_key)};
    }

    ProviderAnswer answer(const HttpResponse& response) const {
        const std::string words = words_of(response);
        const Json body = parse_json(response.body);
        const std::string id = text_of(member(body, "id"));
        // A wrong path is answered with 200 and other words.
        if (response.status == 200 && !id.empty() && words.starts_with("Queued")) {
            return answers_.accepted(200, without_brackets(id));
        }
        bool refused = response.status == 413 || (response.status == 400 && is_of_message(words));
        if (!refused) return answers_.of(response, "", words);
        return answers_.of(ProviderVerdict::kRefused, response.status, "", words);
    }

    ProviderSetup setup_;
    Answers answers_;
    std::string endpoint_;
};

}  // namespace

std::unique_ptr<Provider> make_mailgun(const ProviderSetup& setup) {
    return std::make_unique<Mailgun>(setup);
}

}  // namespace tocsin
