#include "transport/provider/postmark_answers.h"

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "transport/provider/json_body.h"

namespace tocsin {
namespace {

constexpr std::int64_t kMaintenance = 100, kInvalidRequest = 300, kIncompatibleJson = 403,
                       kInactiveRecipient = 406, kForbiddenAttachment = 411, kRateLimit = 429;

// `Invalid 'From' address: …`: the sender is the same for everybody.
bool is_about_sender(const std::string& words) {
    return words.find("'From'") != words.npos || words.find("'ReplyTo'") != words.npos ||
           words.find("Sender Signature") != words.npos;
}

// Of a code that is not 0: surely not accepted. The list grows; a code that is not known here stops
// the run rather than burning a list.
ProviderVerdict verdict(std::int64_t code, const std::string& words) {
    switch (code) {
        case kMaintenance:
            return ProviderVerdict::kLater;
        case kRateLimit:
            return ProviderVerdict::kThrottled;
        case kInvalidRequest:
            return is_about_sender(words) ? ProviderVerdict::kAccount : ProviderVerdict::kRefused;
        case kIncompatibleJson:
        case kInactiveRecipient:
        case kForbiddenAttachment:
            return ProviderVerdict::kRefused;
        default:
            return ProviderVerdict::kAccount;
    }
}

// The status with which a message sent alone would have been answered.
int status_of(ProviderVerdict verdict) {
    constexpr int kUnprocessable = 422, kTooMany = 429, kUnavailable = 503;
    if (verdict == ProviderVerdict::kThrottled) return kTooMany;
    return verdict == ProviderVerdict::kLater ? kUnavailable : kUnprocessable;
}

bool has_code(const Json& said) {
    return member(said, "ErrorCode").is_number_integer();
}

ProviderAnswer item_answer(const Answers& answers, const Json& item) {
    const std::string words = text_of(member(item, "Message"));
    if (!has_code(item)) {
        return answers.of(ProviderVerdict::kUnclear, 200, "", "an answer without an ErrorCode");
    }
    const std::string code = text_of(member(item, "ErrorCode"));
    if (code == "0") {
        const std::string id = text_of(member(item, "MessageID"));
        if (!id.empty()) return answers.accepted(200, id);
        return answers.of(ProviderVerdict::kUnclear, 200, code, words);
    }
    ProviderVerdict meant = verdict(member(item, "ErrorCode").get<std::int64_t>(), words);
    return answers.of(meant, status_of(meant), code, words);
}

// Of a status that is no success: for all of the batch.
ProviderAnswer whole_answer(const Answers& answers, const HttpResponse& response,
                            std::size_t count) {
    const Json body = parse_json(response.body);
    const std::string code = text_of(member(body, "ErrorCode"));
    const std::string words = text_of(member(body, "Message"));
    constexpr int kTooLarge = 413, kUnprocessable = 422;
    ProviderVerdict meant = verdict_of(response.status);
    if (response.status == kUnprocessable && has_code(body)) {
        meant = verdict(member(body, "ErrorCode").get<std::int64_t>(), words);
    }
    if (response.status == kTooLarge) meant = ProviderVerdict::kRefused;
    // Which one of several was it?
    if (meant == ProviderVerdict::kRefused && count > 1) meant = ProviderVerdict::kAccount;
    if (code.empty() && words.empty()) {
        ProviderAnswer plain = answers.of(response);
        plain.verdict = meant;
        return plain;
    }
    return answers.of(meant, response.status, code, words);
}

}  // namespace

std::vector<ProviderAnswer> postmark_answers(const Answers& answers, const HttpResponse& response,
                                             std::size_t count) {
    if (response.status != 200) return same_for_all(whole_answer(answers, response, count), count);
    const Json body = parse_json(response.body);
    auto items = elements_of(body);
    if (items.size() != count) return same_for_all(answers.of(response), count);
    std::vector<ProviderAnswer> out;
    for (const Json& item : items) out.push_back(item_answer(answers, item));
    return out;
}

Unavailable postmark_trouble(const Answers& answers, const HttpResponse& response) {
    const Json body = parse_json(response.body);
    return answers.trouble(response, text_of(member(body, "ErrorCode")),
                           text_of(member(body, "Message")));
}

}  // namespace tocsin
