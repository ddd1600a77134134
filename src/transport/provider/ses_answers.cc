#include "transport/provider/ses_answers.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/text.h"
#include "transport/provider/json_body.h"

namespace tocsin {
namespace {

bool holds(const std::string& text, std::string_view words) {
    return ascii_lower(text).find(words) != std::string::npos;
}

// "message" of some errors, "Message" of others.
std::string words_of(const HttpResponse& response) {
    const Json body = parse_json(response.body);
    std::string words = text_of(member(body, "message"));
    return words.empty() ? text_of(member(body, "Message")) : words;
}

bool is_throttle(const std::string& code) {
    constexpr std::array<std::string_view, 4> kCodes = {
        "TooManyRequestsException", "ThrottlingException", "Throttling", "RequestThrottled"};
    return std::find(kCodes.begin(), kCodes.end(), code) != kCodes.end();
}

// Where it names identities that are not verified, the sender is not, or the account is in the
// sandbox: it is so for everybody.
bool is_about_account(const std::string& words) {
    return (holds(words, "not verified") && holds(words, "identities")) ||
           holds(words, "sending suspended") || holds(words, "sending paused") ||
           holds(words, "configuration set");
}

ProviderVerdict error_verdict(int status, const std::string& code, const std::string& words) {
    // The quota of a day comes as a throttle, too, which no pause of a minute ends.
    if (holds(words, "daily") && holds(words, "quota")) return ProviderVerdict::kAccount;
    if (is_throttle(code)) return ProviderVerdict::kThrottled;
    bool of_message = code == "MessageRejected" || code == "BadRequestException";
    if (status == 400 && of_message && !is_about_account(words)) return ProviderVerdict::kRefused;
    return verdict_of(status);
}

void add_rate(Rates& rates, const Json& most, double seconds) {
    if (!most.is_number()) return;
    double count = most.get<double>();
    if (!(count > 0)) return;
    if (count < 1) {  // "0.5 a second"
        seconds /= count;
        count = 1;
    }
    constexpr double kMost = 1e12;
    rates.push_back({static_cast<std::int64_t>(std::min(count, kMost)),
                     Milliseconds(static_cast<std::int64_t>(std::min(seconds, kMost) * 1000))});
}

}  // namespace

std::string ses_error_code(const HttpResponse& response) {
    std::string code = response.header("x-amzn-errortype");
    const Json body = parse_json(response.body);
    if (code.empty()) code = text_of(member(body, "__type"));
    if (code.empty()) code = text_of(member(body, "code"));
    code.erase(std::min(code.find(':'), code.size()));  // "…:http://internal.amazon.com/…"
    std::size_t hash = code.rfind('#');                 // "com.amazonaws.sesv2#…"
    return hash == std::string::npos ? code : code.substr(hash + 1);
}

ProviderAnswer ses_answer(const Answers& answers, const HttpResponse& response) {
    const Json body = parse_json(response.body);
    const Json& id = member(body, "MessageId");
    if (response.status == 200 && id.is_string() && !text_of(id).empty()) {
        return answers.accepted(200, text_of(id));
    }
    const std::string code = ses_error_code(response), words = words_of(response);
    if (response.status < 400 || response.status >= 500) {
        return answers.of(response, code, words);
    }
    return answers.of(error_verdict(response.status, code, words), response.status, code,
                      words.empty() && code.empty() ? response.body : words);
}

Unavailable ses_trouble(const Answers& answers, const HttpResponse& response) {
    const std::string code = ses_error_code(response);
    Unavailable trouble = answers.trouble(response, code, words_of(response));
    if (code != "AccessDeniedException") return trouble;
    return Unavailable(trouble.what(),
                       "the key needs the permissions ses:SendEmail, ses:SendRawEmail, "
                       "ses:GetAccount and ses:GetEmailIdentity");
}

Rates ses_rates(const Json& quota) {
    constexpr double kDay = 86'400;
    Rates rates;
    add_rate(rates, member(quota, "MaxSendRate"), 1);
    add_rate(rates, member(quota, "Max24HourSend"), kDay);
    return rates;
}

}  // namespace tocsin
