// Twilio SendGrid's Event Webhook: an array of events, our custom arguments at the top of each.
#include "webhook/readers.h"
#include "webhook/reports.h"

namespace tocsin {
namespace {

// SendGrid itself did not send it: its own lists, and faults of the message or the account.
Report dropped(const std::string& reason) {
    if (reason.starts_with("Bounced Address")) return known_to_bounce(reason);
    if (reason.starts_with("Spam Reporting Address")) return complained(reason);
    if (reason.starts_with("Unsubscribed Address")) return unsubscribed();
    return not_sent(reason);
}

std::optional<Report> report_of(const std::string& type, const Json& event) {
    const std::string reason = text_in(event, "reason");
    if (type == "delivered") return delivered();
    if (type == "deferred") return delayed(text_in(event, "status"), text_in(event, "response"));
    if (type == "bounce") {
        const bool blocked = text_in(event, "type") == "blocked";
        return bounced(blocked ? BounceClass::kPolicy : BounceClass::kHard,
                       text_in(event, "status"), reason);
    }
    if (type == "dropped") return dropped(reason);
    if (type == "spamreport") return complained("reported as spam");
    if (type == "unsubscribe" || type == "group_unsubscribe") return unsubscribed();
    return std::nullopt;
}

WebhookEvent read_one(const Json& event) {
    const std::string type = text_in(event, "event");
    auto report = report_of(type, event);
    if (!report) {
        return is_one_of(type, "processed open click group_resubscribe account_status_change")
                   ? ignored()
                   : unknown();
    }
    std::string message_id = text_in(event, "smtp-id");
    if (message_id.starts_with('<') && message_id.ends_with('>'))
        message_id = message_id.substr(1, message_id.size() - 2);
    report->message_ids.push_back(std::move(message_id));
    return event_of(id_or_hash(text_in(event, "sg_event_id"), event), std::move(*report),
                    text_in(event, "email"), text_in(event, "tocsin"));
}

}  // namespace

WebhookEvents read_sendgrid(const Json& body) {
    WebhookEvents events;
    for (const Json* one : each_of(body)) events.push_back(read_one(*one));
    return events;
}

}  // namespace tocsin
