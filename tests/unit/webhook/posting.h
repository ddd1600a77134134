// Posts as providers make them, with real signatures.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "base/clock.h"
#include "base/random.h"
#include "mail/base64.h"
#include "mail/digest.h"
#include "support/signer.h"
#include "web/http.h"
#include "webhook/sns.h"

namespace tocsin::test {

inline constexpr WallTime kNow{std::chrono::seconds(1'800'000'000)};

inline std::string base64(std::string_view bytes) {
    std::string text;
    append_base64(text, bytes);
    return text;
}

inline std::string seconds(WallTime time) {
    return std::to_string(
        std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count());
}

inline WebRequest post(std::string body, decltype(WebRequest::headers) headers = {}) {
    WebRequest request{"POST", "/webhooks/x", ""};
    request.body = std::move(body);
    request.headers = std::move(headers);
    return request;
}

inline WebRequest sendgrid_post(const Signer& signer, const std::string& body,
                                WallTime time = kNow) {
    const std::string signature = base64(signer.sign(seconds(time) + body));
    return post(body, {{"X-Twilio-Email-Event-Webhook-Signature", signature},
                       {"X-Twilio-Email-Event-Webhook-Timestamp", seconds(time)}});
}

inline const std::string kSvixKey = "a key of the tests, long enough";

inline WebRequest svix_post(const std::string& body, WallTime time = kNow,
                            const std::string& key = kSvixKey) {
    const std::string mac = hmac_sha256(key, "msg_1." + seconds(time) + "." + body);
    return post(body, {{"svix-id", "msg_1"},
                       {"svix-timestamp", seconds(time)},
                       {"svix-signature", "v1," + base64(mac)}});
}

inline std::string mailgun_body(const nlohmann::json& event, const std::string& token = "t1",
                                WallTime time = kNow, const std::string& key = "key-1") {
    const std::string mac = to_hex(hmac_sha256(key, seconds(time) + token));
    return nlohmann::json{
        {"signature", {{"timestamp", seconds(time)}, {"token", token}, {"signature", mac}}},
        {"event-data", event}}
        .dump();
}

inline const std::string kTopic = "arn:aws:sns:eu-west-1:123456789012:events";
inline const std::string kCertificateUrl =
    "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem";

inline std::string sns_time(WallTime time) {
    std::string text = iso8601(time);
    return text.substr(0, text.size() - 1) + ".123Z";
}

inline nlohmann::json sns_fields(const std::string& message, WallTime time = kNow) {
    return {{"Type", "Notification"},
            {"MessageId", "sns-1"},
            {"TopicArn", kTopic},
            {"Message", message},
            {"Timestamp", sns_time(time)},
            {"SignatureVersion", "2"},
            {"SigningCertURL", kCertificateUrl}};
}

// With its signature.
inline std::string sns_body(const Signer& signer, nlohmann::json fields) {
    auto message = SnsMessage::parse(fields.dump());
    const bool first = fields["SignatureVersion"] == "1";
    fields["Signature"] = base64(signer.sign(message->signed_text(), first ? "SHA1" : "SHA256"));
    return fields.dump();
}

inline std::string basic(const std::string& login) {
    return "Basic " + base64(login);
}

}  // namespace tocsin::test
