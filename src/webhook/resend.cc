// Resend: one event a post. It names no recipient apart from `to`, so each mail has one.
#include "webhook/readers.h"
#include "webhook/reports.h"

namespace tocsin {
namespace {

// As an object by name, or as they were sent: [{"name": …, "value": …}].
std::string reference_of(const Json& tags) {
    if (!tags.is_array()) return text_in(tags, "tocsin");
    for (const Json& tag : tags) {
        if (text_in(tag, "name") == "tocsin") return text_in(tag, "value");
    }
    return "";
}

Report bounce(const Json& told) {
    const std::string type = text_in(told, "type"), subtype = text_in(told, "subType");
    const std::string text = text_in(told, "message");
    if (subtype == "OnAccountSuppressionList") return not_sent(text);
    if (subtype == "Suppressed") return known_to_bounce(text);
    if (is_one_of(subtype, "ContentRejected AttachmentRejected MessageTooLarge"))
        return bounced(BounceClass::kPolicy, "", text);
    return bounced(type == "Permanent" ? BounceClass::kHard : BounceClass::kSoft, "", text);
}

std::optional<Report> report_of(const std::string& type, const Json& data) {
    if (type == "email.delivered") return delivered();
    if (type == "email.bounced") return bounce(child(data, "bounce"));
    if (type == "email.complained") return complained("reported as spam");
    if (type == "email.delivery_delayed") return delayed("", "");
    if (type == "email.suppressed") return not_sent(text_in(child(data, "suppressed"), "message"));
    if (type == "email.failed") return not_sent(text_in(child(data, "failed"), "reason"));
    return std::nullopt;
}

bool is_known(const std::string& type) {
    return is_one_of(type,
                     "email.sent email.opened email.clicked email.received email.scheduled") ||
           type.starts_with("contact.") || type.starts_with("domain.") ||
           type.starts_with("suppression.");
}

}  // namespace

WebhookEvents read_resend(const Json& body, const std::string& post_id) {
    const std::string type = text_in(body, "type");
    const Json& data = child(body, "data");
    auto report = report_of(type, data);
    if (!report) return {is_known(type) ? ignored() : unknown()};
    auto to = each_of(child(data, "to"));
    const std::string recipient = to.size() == 1 ? as_text(*to.front()) : "";
    return {event_of(id_or_hash(post_id, body), std::move(*report), recipient,
                     reference_of(child(data, "tags")))};
}

}  // namespace tocsin
