#include "transport/provider/mailjet_answers.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <string>

#include "transport/provider/json_body.h"

namespace tocsin {
namespace {

constexpr int kOk = 200;

bool is_success(const Json& item) {
    return member(item, "Status") == "success";
}

// The id of the one recipient, all its digits; empty where it is missing.
std::string id_of(const Json& item) {
    const auto to = elements_of(member(item, "To"));
    return to.size() == 1 ? text_of(member(to.front(), "MessageID")) : "";
}

int status_of(const Json& error) {
    const Json& status = member(error, "StatusCode");
    return status.is_number_integer() && status >= 400 && status < 600 ? status.get<int>() : 0;
}

// "ErrorRelatedTo": ["From.Email"]: the same for everybody.
bool is_about_sender(const Json& error) {
    const auto places = elements_of(member(error, "ErrorRelatedTo"));
    return std::any_of(places.begin(), places.end(), [](const Json& place) {
        const std::string name = text_of(place);
        return name.starts_with("From") || name.starts_with("ReplyTo");
    });
}

ProviderVerdict verdict_of_error(const Json& error) {
    constexpr std::array<std::string_view, 5> kAccount = {"mj-0001", "mj-0015", "send-0006",
                                                          "send-0007", "send-0008"};
    const std::string code = text_of(member(error, "ErrorCode"));
    if (std::find(kAccount.begin(), kAccount.end(), code) != kAccount.end()) {
        return ProviderVerdict::kAccount;
    }
    const int status = status_of(error);
    const bool documented = code.starts_with("mj-") || code.starts_with("send-");
    return status == 400 && documented && !is_about_sender(error) ? ProviderVerdict::kRefused
                                                                  : verdict_of(status);
}

ProviderAnswer answer_of(const Answers& answers, const Json& error) {
    return answers.of(verdict_of_error(error), status_of(error),
                      text_of(member(error, "ErrorCode")), text_of(member(error, "ErrorMessage")));
}

// The error that matters most: what stops the run before what is only of this mail.
ProviderAnswer of_failed(const Answers& answers, const Json& item) {
    const auto errors = elements_of(member(item, "Errors"));
    if (member(item, "Status") != "error" || errors.empty()) {
        return answers.of(ProviderVerdict::kUnclear, kOk, "", json_text(item));
    }
    ProviderAnswer worst = answer_of(answers, errors.front());
    for (const Json& error : errors) {
        ProviderAnswer answer = answer_of(answers, error);
        if (answer.verdict > worst.verdict) worst = answer;
    }
    return worst;
}

ProviderAnswer of_item(const Answers& answers, const Json& item, bool sandbox) {
    if (!is_success(item)) return of_failed(answers, item);
    const std::string id = id_of(item);
    if (id.empty() && !sandbox) {
        return answers.of(ProviderVerdict::kUnclear, kOk, "", json_text(item));
    }
    return answers.accepted(kOk, id);
}

bool is_for(const Json& item, const Message& message) {
    return !is_success(item) || message.reference.empty() ||
           text_of(member(item, "CustomID")) == message.reference;
}

// The one success that is named after the message, or null.
const Json* only_one_for(std::span<const Json> items, const Message& message) {
    const Json* found = nullptr;
    for (const Json& item : items) {
        if (message.reference.empty() || !is_success(item)) continue;
        if (text_of(member(item, "CustomID")) != message.reference) continue;
        if (found) return nullptr;
        found = &item;
    }
    return found;
}

bool in_order(std::span<const Json> items, Provider::Messages messages) {
    if (items.size() != messages.size()) return false;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (!is_for(items[i], *messages[i])) return false;
    }
    return true;
}

std::vector<ProviderAnswer> of_items(const Answers& answers, const HttpResponse& response,
                                     std::span<const Json> items, Provider::Messages messages,
                                     bool sandbox) {
    std::vector<ProviderAnswer> out;
    const bool ordered = in_order(items, messages);
    for (std::size_t i = 0; i < messages.size(); ++i) {
        const Json* item = ordered ? &items[i] : only_one_for(items, *messages[i]);
        out.push_back(item ? of_item(answers, *item, sandbox)
                           : answers.of(ProviderVerdict::kUnclear, response.status, "",
                                        "the answer does not fit the request"));
    }
    return out;
}

// Nothing of the request was taken: a refusal is of the one mail that it held.
ProviderAnswer of_request(const Answers& answers, const HttpResponse& response, const Json& body,
                          bool alone) {
    const std::string code = text_of(member(body, "ErrorCode"));
    const std::string words = text_of(member(body, "ErrorMessage"));
    if (code.empty() || response.status != 400) return answers.of(response, code, words);
    const ProviderVerdict verdict = verdict_of_error(body);
    const bool refused = verdict == ProviderVerdict::kRefused;
    return answers.of(
        refused && (!alone || code == "mj-0002") ? ProviderVerdict::kAccount : verdict,
        response.status, code, words);
}

}  // namespace

std::vector<ProviderAnswer> mailjet_answers(const Answers& answers, const HttpResponse& response,
                                            Provider::Messages messages, bool sandbox) {
    const Json body = parse_json(response.body);
    const Json& items = member(body, "Messages");
    const bool speaks = response.status == kOk || (response.status >= 400 && response.status < 500);
    if (speaks && items.is_array()) {
        return of_items(answers, response, elements_of(items), messages, sandbox);
    }
    return same_for_all(of_request(answers, response, body, messages.size() == 1), messages.size());
}

}  // namespace tocsin
