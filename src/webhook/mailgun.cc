// Mailgun: one event, `event-data`, with our variables among `user-variables`.
#include "webhook/readers.h"
#include "webhook/reports.h"

namespace tocsin {
namespace {

// "550 5.1.1 no such user": the code stands beside the words.
std::string words_of(const Json& status) {
    std::string text = text_in(status, "message");
    if (text.empty()) text = text_in(status, "description");
    const std::string code = text_in(status, "code");
    const bool is_smtp = code.size() == 3 && (code[0] == '4' || code[0] == '5');
    return is_smtp && !text.starts_with(code) ? code + " " + text : text;
}

Report failed(const Json& event) {
    const Json& status = child(event, "delivery-status");
    const std::string code = text_in(status, "enhanced-code");
    const std::string reason = text_in(event, "reason");
    std::string text = words_of(status);
    if (text.empty()) text = reason;
    // What it did not send, because of what it knows of the address.
    if (reason == "suppress-bounce") return known_to_bounce(text);
    if (reason == "suppress-complaint") return complained(text);
    if (reason == "suppress-unsubscribe") return unsubscribed();
    if (reason.starts_with("suppress-")) return not_sent(text);
    if (text_in(event, "severity") == "temporary") return delayed(code, text);
    const BounceClass claimed = reason == "espblock" ? BounceClass::kPolicy
                                : reason == "bounce" ? BounceClass::kHard
                                                     : BounceClass::kSoft;
    return bounced(claimed, code, text);
}

std::optional<Report> report_of(const std::string& type, const Json& event) {
    if (type == "delivered") return delivered();
    if (type == "failed") return failed(event);
    if (type == "complained") return complained("reported as spam");
    if (type == "unsubscribed") return unsubscribed();
    if (type == "rejected") return not_sent(text_in(child(event, "reject"), "reason"));
    return std::nullopt;
}

}  // namespace

WebhookEvents read_mailgun(const Json& body) {
    const Json& event = child(body, "event-data");
    const std::string type = text_in(event, "event");
    auto report = report_of(type, event);
    if (!report) {
        return {is_one_of(type, "accepted opened clicked stored email_validation") ? ignored()
                                                                                   : unknown()};
    }
    const std::string id = text_in(child(child(event, "message"), "headers"), "message-id");
    if (!id.empty()) report->message_ids.push_back(id);
    return {event_of(id_or_hash(text_in(event, "id"), event), std::move(*report),
                     text_in(event, "recipient"), reference_in(child(event, "user-variables")))};
}

}  // namespace tocsin
