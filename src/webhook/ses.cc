// Amazon SES, as a notification of an identity ("notificationType") or an event of a configuration
// set ("eventType").
#include "base/text.h"
#include "inbound/recognise/recognisers.h"
#include "webhook/readers.h"
#include "webhook/reports.h"

namespace tocsin {
namespace {

// What the mail was, beside its tags: its headers, where SES is told to include them.
void add_headers(const Json& mail, Report& report) {
    for (const Json* header : each_of(child(mail, "headers"))) {
        const std::string value = text_in(*header, "value");
        if (ascii_iequals(text_in(*header, "name"), "List-Unsubscribe")) {
            for (std::string& token : tokens_in(value)) report.tokens.push_back(std::move(token));
        }
    }
}

class SesEvents {
  public:
    SesEvents(const Json& message, const std::string& post_id)
        : mail_(child(message, "mail")), post_id_(post_id) {
        const Json& tag = child(child(mail_, "tags"), "tocsin");
        auto values = each_of(tag);
        if (!values.empty()) reference_ = as_text(*values.front());
    }

    void add(Report report, const std::string& recipient) {
        add_headers(mail_, report);
        events_.push_back(
            event_of(post_id_ + " " + recipient, std::move(report), recipient, reference_));
    }
    // To all whom the mail went to, which is one.
    void add_for_all(const Report& report) {
        for (const Json* one : each_of(child(mail_, "destination"))) add(report, as_text(*one));
    }
    WebhookEvents take() { return std::move(events_); }

  private:
    const Json& mail_;
    const std::string& post_id_;
    std::string reference_;
    WebhookEvents events_;
};

BounceClass class_of(const std::string& type, const std::string& subtype) {
    if (is_one_of(subtype, "ContentRejected AttachmentRejected MessageTooLarge"))
        return BounceClass::kPolicy;
    return type == "Permanent" ? BounceClass::kHard : BounceClass::kSoft;
}

// SES's own words are no receiver's: they are shown only.
Report bounce_of(const Json& bounce, const Json& recipient) {
    const std::string type = text_in(bounce, "bounceType");
    const std::string subtype = text_in(bounce, "bounceSubType");
    const std::string said = text_in(recipient, "diagnosticCode");
    // The account's own list, filled by hand, too; "Suppressed" is Amazon's, of hard bounces.
    Report report = subtype == "OnAccountSuppressionList" ? not_sent(said)
                    : subtype == "Suppressed"
                        ? known_to_bounce(said)
                        : bounced(class_of(type, subtype), text_in(recipient, "status"), said);
    if (report.text.empty()) report.text = one_line(type + " " + subtype);
    return report;
}

void read_bounce(const Json& bounce, SesEvents& events) {
    for (const Json* one : each_of(child(bounce, "bouncedRecipients")))
        events.add(bounce_of(bounce, *one), text_in(*one, "emailAddress"));
}

void read_complaint(const Json& complaint, SesEvents& events) {
    const std::string type = text_in(complaint, "complaintFeedbackType");
    if (type == "not-spam") return;  // the person says that it is none
    for (const Json* one : each_of(child(complaint, "complainedRecipients"))) {
        events.add(complained("feedback type " + (type.empty() ? "not told" : type)),
                   text_in(*one, "emailAddress"));
    }
}

void read_delay(const Json& delay, SesEvents& events) {
    for (const Json* one : each_of(child(delay, "delayedRecipients"))) {
        Report report = delayed(text_in(*one, "status"), text_in(*one, "diagnosticCode"));
        if (report.text.empty()) report.text = one_line(text_in(delay, "delayType"));
        events.add(std::move(report), text_in(*one, "emailAddress"));
    }
}

// Preferences with SES's own subscription management: whoever leaves any topic leaves ours.
bool leaves(const Json& subscription) {
    const Json& chosen = child(subscription, "newTopicPreferences");
    const Json& all = child(chosen, "unsubscribeAll");
    if (all.is_boolean() && all.get<bool>()) return true;
    for (const Json* topic : each_of(child(chosen, "topicSubscriptionStatus"))) {
        if (ascii_iequals(text_in(*topic, "subscriptionStatus"), "OptOut")) return true;
    }
    return false;
}

}  // namespace

WebhookEvents read_ses(const Json& message, const std::string& post_id) {
    std::string type = text_in(message, "eventType");
    if (type.empty()) type = text_in(message, "notificationType");
    SesEvents events(message, post_id);
    if (type == "Bounce") read_bounce(child(message, "bounce"), events);
    if (type == "Complaint") read_complaint(child(message, "complaint"), events);
    if (type == "DeliveryDelay") read_delay(child(message, "deliveryDelay"), events);
    if (type == "Delivery") {
        for (const Json* one : each_of(child(child(message, "delivery"), "recipients")))
            events.add(delivered(), as_text(*one));
    }
    if (type == "Reject" || type == "Rendering Failure")
        events.add_for_all(not_sent(type + " " + text_in(child(message, "reject"), "reason")));
    if (type == "Subscription" && leaves(child(message, "subscription")))
        events.add_for_all(unsubscribed());
    WebhookEvents found = events.take();
    if (!found.empty()) return found;
    const bool known = type == "Rendering Failure" ||
                       is_one_of(type,
                                 "Bounce Complaint Delivery DeliveryDelay Reject Send Open "
                                 "Click Subscription AmazonSnsSubscriptionSucceeded");
    return {known ? ignored() : unknown()};
}

}  // namespace tocsin
