#include "transport/provider/resend_answers.h"

#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>

#include "transport/provider/json_body.h"

namespace tocsin {
namespace {

constexpr int kOk = 200;
constexpr int kUnprocessable = 422;  // what one error inside a batch stands for

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

// "Invalid `from` field. …", "The … domain is not verified": the same for everybody.
bool is_about_sender(const std::string& words) {
    return words.find("`from`") != words.npos || words.find("`reply_to`") != words.npos ||
           words.find("not verified") != words.npos;
}

// `alone`: the request held one mail, so that what is wrong with it is wrong with that mail.
ProviderVerdict verdict_of_error(int status, std::string_view name, const std::string& words,
                                 bool alone) {
    constexpr std::array<std::string_view, 2> kQuota = {"daily_quota_exceeded",
                                                        "monthly_quota_exceeded"};
    constexpr std::array<std::string_view, 3> kOfOne = {"validation_error", "invalid_attachment",
                                                        "invalid_parameter"};
    // The key was seen already: with another body, or in a request that is still running.
    if (status == 409) return ProviderVerdict::kUnclear;
    if (status == 429 && is_one_of(kQuota, name)) return ProviderVerdict::kAccount;
    bool refused = (status == 400 || status == kUnprocessable) && is_one_of(kOfOne, name);
    return refused && alone && !is_about_sender(words) ? ProviderVerdict::kRefused
                                                       : verdict_of(status);
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

ProviderAnswer refusal_of(const Answers& answers, const std::string& words) {
    return answers.of(
        is_about_sender(words) ? ProviderVerdict::kAccount : ProviderVerdict::kRefused,
        kUnprocessable, "validation_error", words);
}

// By index, what `errors` says of the mails that were not taken; nothing where an index is none, or
// stands twice.
std::optional<std::map<std::size_t, ProviderAnswer>> refusals_of(const Answers& words,
                                                                 std::span<const Json> errors,
                                                                 std::size_t count) {
    std::map<std::size_t, ProviderAnswer> refusals;
    for (const Json& error : errors) {
        const Json& index = member(error, "index");
        if (!index.is_number_unsigned() || index >= count) return std::nullopt;
        ProviderAnswer refused = refusal_of(words, text_of(member(error, "message")));
        if (!refusals.emplace(index.get<std::size_t>(), refused).second) return std::nullopt;
    }
    return refusals;
}

// `data` has the ids of the mails that no error names, in their order. Empty where the two do not
// make up the mails.
std::vector<ProviderAnswer> of_batch(const Answers& words, const Json& body, std::size_t count) {
    const Json& data = member(body, "data");
    const auto refusals = refusals_of(words, elements_of(member(body, "errors")), count);
    if (!refusals || elements_of(data).size() + refusals->size() != count) return {};
    const std::vector<std::string> ids = ids_of(data);
    if (ids.size() != elements_of(data).size()) return {};
    std::vector<ProviderAnswer> out;
    auto id = ids.begin();
    for (std::size_t i = 0; i < count; ++i) {
        auto refused = refusals->find(i);
        out.push_back(refused == refusals->end() ? words.accepted(kOk, *id++) : refused->second);
    }
    return out;
}

ProviderAnswer of_failure(const Answers& words, const HttpResponse& response, const Json& body,
                          bool alone) {
    const std::string name = text_of(member(body, "name"));
    if (name.empty() && response.status != 409) return words.of(response);
    const std::string message = text_of(member(body, "message"));
    return words.of(verdict_of_error(response.status, name, message, alone), response.status, name,
                    message);
}

// The id of one mail.
ProviderAnswer of_one(const Answers& words, const HttpResponse& response, const Json& body) {
    const Json& id = member(body, "id");
    if (!id.is_string() || id == "") return words.of(response);
    return words.accepted(response.status, text_of(id));
}

}  // namespace

std::vector<ProviderAnswer> resend_answers(const Answers& words, const HttpResponse& response,
                                           std::size_t count) {
    const Json body = parse_json(response.body);
    if (response.status != kOk) {
        return same_for_all(of_failure(words, response, body, count == 1), count);
    }
    if (count == 1) return {of_one(words, response, body)};
    auto answers = of_batch(words, body, count);
    return answers.empty() ? same_for_all(words.of(response), count) : answers;
}

}  // namespace tocsin
