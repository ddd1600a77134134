#include "webhook/sns.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "mail/base64.h"
#include "mail/public_key.h"
#include "webhook/field_picker.h"

namespace tocsin {
namespace {

constexpr std::array<const char*, 7> kOfNotification = {
    "Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "TopicArn", "Type"};
constexpr std::array<const char*, 7> kOfSubscription = {
    "Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"};

// sns.REGION.amazonaws.com, and China's with .cn at the end.
bool is_host_of_sns(std::string_view host) {
    if (host.ends_with(".cn")) host.remove_suffix(3);
    constexpr std::string_view kBegin = "sns.", kEnd = ".amazonaws.com";
    if (!host.starts_with(kBegin) || !host.ends_with(kEnd)) return false;
    if (host.size() < kBegin.size() + kEnd.size() + 3) return false;
    host.remove_prefix(kBegin.size());
    host.remove_suffix(kEnd.size());
    return std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '-';
    });
}

// "http://127.0.0.1:8080" of an endpoint there; empty for all others.
std::string_view loopback_origin(std::string_view endpoint) {
    for (std::string_view begin : {"http://127.0.0.1", "http://localhost", "http://[::1]"}) {
        if (!endpoint.starts_with(begin)) continue;
        std::string_view rest = endpoint.substr(begin.size());
        rest = rest.substr(0, rest.find('/'));
        const bool is_port = rest.empty() || (rest[0] == ':' &&
                                              rest.find_first_not_of("0123456789", 1) == rest.npos);
        if (is_port) return endpoint.substr(0, begin.size() + rest.size());
    }
    return {};
}

std::optional<WallTime> time_of(std::string text) {
    const auto dot = text.find('.');
    if (dot != text.npos) text.erase(dot, text.find_first_not_of("0123456789", dot + 1) - dot);
    return parse_iso8601(text);
}

const WebhookAccount* account_of(const std::string& topic,
                                 std::span<const WebhookAccount> accounts) {
    for (const WebhookAccount& account : accounts) {
        if (account.provider != ProviderKind::kSes) continue;
        const auto& topics = account.topics;
        if (std::find(topics.begin(), topics.end(), topic) != topics.end()) return &account;
    }
    return nullptr;
}

bool is_signed_with(const SnsMessage& message, const PublicKey& key) {
    auto signature = from_base64(message["Signature"]);
    const std::string text = message.signed_text();
    const std::string& version = message["SignatureVersion"];
    if (!signature || text.empty() || (version != "1" && version != "2")) return false;
    return key.verifies(version == "1" ? SignatureHash::kSha1 : SignatureHash::kSha256, text,
                        *signature);
}

}  // namespace

std::optional<SnsMessage> SnsMessage::parse(std::string_view body) {
    auto fields = pick_fields(body);
    if (!fields) return std::nullopt;
    return SnsMessage{std::move(*fields)};
}

const std::string& SnsMessage::operator[](const std::string& name) const {
    static const std::string none;
    auto found = fields.find(name);
    return found == fields.end() ? none : found->second;
}

std::string SnsMessage::signed_text() const {
    const std::string& type = (*this)["Type"];
    const bool is_subscription =
        type == "SubscriptionConfirmation" || type == "UnsubscribeConfirmation";
    if (!is_subscription && type != "Notification") return "";
    std::string text;
    for (const char* name : is_subscription ? kOfSubscription : kOfNotification) {
        auto found = fields.find(name);
        if (found != fields.end()) text.append(name).append("\n").append(found->second + "\n");
    }
    return text;
}

bool is_of_sns(std::string_view url, std::string_view endpoint) {
    if (has_control(url) || url.find_first_of(" \\#") != url.npos) return false;
    const std::string_view origin = loopback_origin(endpoint);
    if (!origin.empty() && url.starts_with(std::string(origin) + "/")) return true;
    constexpr std::string_view kScheme = "https://";
    if (!url.starts_with(kScheme)) return false;
    url.remove_prefix(kScheme.size());
    const auto end = url.find_first_of("/?");
    return end != url.npos && url[end] == '/' && is_host_of_sns(url.substr(0, end));
}

WebhookProof prove_sns(const SnsMessage& message, std::span<const WebhookAccount> accounts,
                       CertificateSource& certificates, WallTime now,
                       const WebhookAccount*& account) {
    account = account_of(message["TopicArn"], accounts);
    if (account == nullptr) return {401, "topic"};
    auto then = time_of(message["Timestamp"]);
    if (!then || !is_timely(*then, now, kOldestSns)) return kUntimely;
    const std::string& url = message["SigningCertURL"];
    const bool is_certificate = url.ends_with(".pem") && url.find('?') == url.npos;
    if (!is_certificate || !is_of_sns(url, account->endpoint)) return {401, "certificate"};
    auto pem = certificates.certificate(url);
    if (!pem) return {503, "certificate"};
    auto key = PublicKey::from_certificate(*pem, now);
    if (!key) return {401, "certificate"};
    return is_signed_with(message, *key) ? kGenuine : kForged;
}

}  // namespace tocsin
