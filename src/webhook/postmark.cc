// Postmark: one event a post, told apart by `RecordType`.
#include "webhook/readers.h"
#include "webhook/reports.h"

namespace tocsin {
namespace {

std::string words_of(const Json& event) {
    const std::string details = text_in(event, "Details");
    return details.empty() ? text_in(event, "Description") : details;
}

// By `Type`; nothing for what is no bounce at all.
std::optional<Report> bounce(const std::string& type, const Json& event) {
    const std::string text = words_of(event);
    if (is_one_of(type, "HardBounce BadEmailAddress")) return bounced(BounceClass::kHard, "", text);
    if (is_one_of(type, "SoftBounce DnsError Unknown"))
        return bounced(BounceClass::kSoft, "", text);
    if (type == "Transient") return delayed("", text);
    if (type == "Unsubscribe") return unsubscribed();
    if (type == "SpamComplaint") return complained("reported as spam");
    if (is_one_of(type,
                  "SpamNotification VirusNotification Blocked DMARCPolicy SMTPApiError "
                  "ManuallyDeactivated Unconfirmed TemplateRenderingFailed"))
        return not_sent(text);
    return std::nullopt;
}

// Only what the person did: what the account's owner changes there is not said here.
std::optional<Report> changed(const Json& event) {
    const Json& stops = child(event, "SuppressSending");
    if (!stops.is_boolean() || !stops.get<bool>()) return std::nullopt;
    const std::string reason = text_in(event, "SuppressionReason");
    if (reason == "HardBounce") return known_to_bounce("Postmark sends nothing to it any more");
    if (reason == "SpamComplaint") return complained("reported as spam");
    if (text_in(event, "Origin") == "Recipient") return unsubscribed();
    return std::nullopt;
}

std::optional<Report> report_of(const std::string& record, const Json& event) {
    if (record == "Delivery") return delivered();
    if (record == "Bounce") return bounce(text_in(event, "Type"), event);
    if (record == "SpamComplaint") return complained("reported as spam");
    if (record == "SubscriptionChange") return changed(event);
    return std::nullopt;
}

bool is_known(const std::string& record, const Json& event) {
    if (record != "Bounce")
        return is_one_of(record, "Delivery SpamComplaint SubscriptionChange Open Click Inbound");
    return is_one_of(text_in(event, "Type"),
                     "Subscribe AutoResponder AddressChange OpenRelayTest ChallengeVerification "
                     "InboundError");
}

// Bounces have a number of their own; a mail has one delivery, and a change its time.
std::string id_of(const std::string& record, const Json& event) {
    std::string id = text_in(event, "ID");
    if (id.empty()) id = text_in(event, "MessageID") + " " + text_in(event, "ChangedAt");
    return record + " " + id;
}

WebhookEvent read_one(const Json& event) {
    const std::string record = text_in(event, "RecordType");
    auto report = report_of(record, event);
    if (!report) return is_known(record, event) ? ignored() : unknown();
    std::string recipient = text_in(event, "Email");
    if (recipient.empty()) recipient = text_in(event, "Recipient");
    return event_of(id_of(record, event), std::move(*report), recipient,
                    reference_in(child(event, "Metadata")));
}

}  // namespace

WebhookEvents read_postmark(const Json& body) {
    WebhookEvents events;
    for (const Json* one : each_of(body)) events.push_back(read_one(*one));
    return events;
}

}  // namespace tocsin
