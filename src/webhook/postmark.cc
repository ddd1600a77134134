// Postmark: one event a post, told apart by `RecordType`.
#include "webhook/readers.h"
#include "webhook/reports.h"

namespace tocsin {
namespace {

// By `Type`; nothing for what is no bounce at all. `said` is the receiver's.
std::optional<Report> bounce_of(const std::string& type, const std::string& said) {
    if (is_one_of(type, "HardBounce BadEmailAddress")) return bounced(BounceClass::kHard, "", said);
    if (is_one_of(type, "SoftBounce DnsError Unknown"))
        return bounced(BounceClass::kSoft, "", said);
    if (type == "Transient") return delayed("", said);
    if (type == "Unsubscribe") return unsubscribed();
    if (type == "SpamComplaint") return complained("reported as spam");
    if (is_one_of(type,
                  "SpamNotification VirusNotification Blocked DMARCPolicy SMTPApiError "
                  "ManuallyDeactivated Unconfirmed TemplateRenderingFailed"))
        return not_sent(said);
    return std::nullopt;
}

// Postmark's own words name many causes: they are shown only.
std::optional<Report> bounce(const Json& event) {
    auto report = bounce_of(text_in(event, "Type"), text_in(event, "Details"));
    if (report && report->text.empty()) report->text = one_line(text_in(event, "Description"));
    return report;
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
    if (record == "Bounce") return bounce(event);
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
