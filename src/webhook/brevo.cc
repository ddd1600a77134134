// Brevo's transactional webhooks: one event a post, or several in an array where it batches them.
#include "webhook/readers.h"
#include "webhook/reports.h"

namespace tocsin {
namespace {

std::optional<Report> report_of(const std::string& type, const Json& event) {
    const std::string reason = text_in(event, "reason");
    if (type == "delivered") return delivered();
    if (type == "hard_bounce") return bounced(BounceClass::kHard, "", reason);
    if (type == "soft_bounce") return bounced(BounceClass::kSoft, "", reason);
    if (type == "deferred") return delayed("", reason);
    if (is_one_of(type, "spam complaint")) return complained("reported as spam");
    if (is_one_of(type, "unsubscribe unsubscribed")) return unsubscribed();
    // Of "invalid_email" its pages say both that the sender's and the recipient's is meant.
    if (is_one_of(type, "blocked error invalid_email invalid"))
        return not_sent(reason.empty() ? type : reason);
    return std::nullopt;
}

std::string id_of(const std::string& type, const Json& event) {
    std::string time = text_in(event, "ts_event");
    if (time.empty()) time = text_in(event, "ts");
    return text_in(event, "message-id") + " " + type + " " + time + " " + text_in(event, "email");
}

WebhookEvent read_one(const Json& event) {
    const std::string type = text_in(event, "event");
    auto report = report_of(type, event);
    if (!report) {
        return is_one_of(type,
                         "request sent opened unique_opened click proxy_open "
                         "unique_proxy_open loadedByProxy")
                   ? ignored()
                   : unknown();
    }
    return event_of(id_of(type, event), std::move(*report), text_in(event, "email"),
                    reference_in(child(event, "X-Mailin-custom")));
}

}  // namespace

WebhookEvents read_brevo(const Json& body) {
    WebhookEvents events;
    for (const Json* one : each_of(body)) events.push_back(read_one(*one));
    return events;
}

}  // namespace tocsin
