// Mailjet's Event API: an object (version 1) or an array (version 2).
#include "webhook/readers.h"
#include "webhook/reports.h"

namespace tocsin {
namespace {

bool is_true(const Json& event, const char* name) {
    const Json& value = child(event, name);
    return value.is_boolean() && value.get<bool>();
}

std::string words_of(const Json& event) {
    const std::string error = text_in(event, "error"), comment = text_in(event, "comment");
    return comment.empty() ? error : error + ": " + comment;
}

Report bounce(const Json& event) {
    const std::string about = text_in(event, "error_related_to");
    if (is_one_of(about, "content spam mailjet system"))
        return bounced(BounceClass::kPolicy, "", words_of(event));
    const bool hard = is_true(event, "hard_bounce");
    return bounced(hard ? BounceClass::kHard : BounceClass::kSoft, "", words_of(event));
}

// Mailjet itself did not send it; some of its reasons are what the address did before.
Report blocked(const Json& event) {
    const std::string error = text_in(event, "error");
    if (text_in(event, "error_related_to") != "recipient") return not_sent(words_of(event));
    if (error == "user unknown" || error == "mailbox inactive")
        return known_to_bounce(words_of(event));
    if (error == "spam reporter") return complained(error);
    return not_sent(words_of(event));
}

std::optional<Report> report_of(const std::string& type, const Json& event) {
    if (type == "sent") return delivered();
    if (type == "bounce") return bounce(event);
    if (type == "blocked") return blocked(event);
    if (type == "spam") return complained("by " + text_in(event, "source"));
    if (type == "unsub") return unsubscribed();
    return std::nullopt;
}

std::string reference_of(const Json& event) {
    const std::string in_payload = reference_in(child(event, "Payload"));
    return in_payload.empty() ? text_in(event, "CustomID") : in_payload;
}

WebhookEvent read_one(const Json& event) {
    const std::string type = text_in(event, "event");
    auto report = report_of(type, event);
    if (!report) return is_one_of(type, "open click") ? ignored() : unknown();
    std::string id = text_in(event, "MessageID");
    if (!id.empty()) id += " " + type;
    return event_of(id_or_hash(id, event), std::move(*report), text_in(event, "email"),
                    reference_of(event));
}

}  // namespace

WebhookEvents read_mailjet(const Json& body) {
    WebhookEvents events;
    for (const Json* one : each_of(body)) events.push_back(read_one(*one));
    return events;
}

}  // namespace tocsin
