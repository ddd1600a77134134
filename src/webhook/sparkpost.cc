// SparkPost: an array of `{"msys": {"message_event": {…}}}`; an empty `msys` is a ping.
#include "webhook/readers.h"
#include "webhook/reports.h"

namespace tocsin {
namespace {

// https://support.sparkpost.com: Bounce Classification Codes.
std::optional<Report> bounce(const std::string& code, const Json& event) {
    const std::string text = text_in(event, "raw_reason");
    if (is_one_of(code, "10 30")) return bounced(BounceClass::kHard, "", text);
    if (code == "90") return unsubscribed();                 // the answer asks to leave
    if (code == "60") return std::nullopt;                   // an automatic reply
    if (is_one_of(code, "25 26 80")) return not_sent(text);  // SparkPost's own rules and lists
    if (is_one_of(code, "50 51 52 53 54")) return bounced(BounceClass::kPolicy, "", text);
    return bounced(BounceClass::kSoft, "", text);
}

std::optional<Report> report_of(const std::string& type, const Json& event) {
    if (type == "delivery") return delivered();
    if (type == "delay") return delayed("", text_in(event, "raw_reason"));
    if (type == "bounce" || type == "out_of_band")
        return bounce(text_in(event, "bounce_class"), event);
    if (is_one_of(type, "policy_rejection generation_failure generation_rejection"))
        return not_sent(text_in(event, "raw_reason"));
    if (type == "spam_complaint") {
        if (text_in(event, "fbtype") == "not-spam") return std::nullopt;
        return complained("feedback type " + text_in(event, "fbtype"));
    }
    if (type == "list_unsubscribe" || type == "link_unsubscribe") return unsubscribed();
    return std::nullopt;
}

bool is_known(const std::string& type) {
    return is_one_of(type,
                     "bounce out_of_band spam_complaint injection open click initial_open "
                     "amp_open amp_click amp_initial_open sms_status relay_delivery "
                     "relay_injection relay_message relay_permfail relay_rejection "
                     "relay_tempfail ab_test_completed ab_test_cancelled");
}

WebhookEvent read_one(const Json& event) {
    const std::string type = text_in(event, "type");
    auto report = report_of(type, event);
    if (!report) return is_known(type) ? ignored() : unknown();
    return event_of(id_or_hash(text_in(event, "event_id"), event), std::move(*report),
                    text_in(event, "rcpt_to"), reference_in(child(event, "rcpt_meta")));
}

}  // namespace

WebhookEvents read_sparkpost(const Json& body) {
    WebhookEvents events;
    for (const Json* one : each_of(body)) {
        const Json& msys = child(*one, "msys");
        if (!msys.is_object()) {
            events.push_back(unknown());
            continue;
        }
        if (msys.empty()) events.push_back(ignored());
        for (const Json& event : msys) events.push_back(read_one(event));
    }
    return events;
}

}  // namespace tocsin
