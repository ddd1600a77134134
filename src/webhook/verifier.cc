#include "webhook/verifier.h"

#include <algorithm>

#include "base/error.h"
#include "base/log.h"
#include "webhook/shared_secret.h"
#include "webhook/signatures.h"

namespace tocsin {

Verifier::Verifier(std::vector<WebhookAccount> accounts, Certificates::Fetch fetch,
                   const Clock& clock)
    : accounts_(std::move(accounts)), fetch_(fetch), clock_(clock), certificates_(fetch, clock) {}

bool Verifier::expects(ProviderKind provider) const {
    return std::any_of(accounts_.begin(), accounts_.end(),
                       [&](const WebhookAccount& one) { return one.provider == provider; });
}

// A post that is signed and comes late is told so, whatever the other accounts say.
WebhookProof Verifier::prove(ProviderKind provider, const WebRequest& post) {
    if (provider == ProviderKind::kSes) return prove_ses(post);
    WebhookProof answer = misses_secret(provider) ? kUnprovable : kForged;
    for (const WebhookAccount& account : accounts_) {
        if (account.provider != provider || account.secret.empty()) continue;
        WebhookProof proof = prove(account, post);
        if (proof.good()) return proof;
        if (proof.refusal != kForged.refusal) answer = proof;
    }
    return answer;
}

WebhookProof Verifier::prove(const WebhookAccount& account, const WebRequest& post) {
    switch (account.provider) {
        case ProviderKind::kSendgrid:
            return prove_sendgrid(post, account.secret, clock_.now());
        case ProviderKind::kMailgun:
            return prove_mailgun(post.body, account.secret, tokens_[account.secret], clock_.now());
        case ProviderKind::kResend:
            return prove_svix(post, account.secret, clock_.now());
        default:
            return shows_secret(post.header("Authorization"), account.secret) ? kGenuine : kForged;
    }
}

bool Verifier::misses_secret(ProviderKind provider) const {
    return std::any_of(accounts_.begin(), accounts_.end(), [&](const WebhookAccount& one) {
        return one.provider == provider && one.secret.empty();
    });
}

WebhookProof Verifier::prove_ses(const WebRequest& post) {
    auto message = SnsMessage::parse(post.body);
    if (!message) return {400, "malformed"};
    const WebhookAccount* account = nullptr;
    return prove_sns(*message, accounts_, certificates_, clock_.now(), account);
}

WebhookProof Verifier::confirm(const SnsMessage& message) {
    const std::string& url = message["SubscribeURL"];
    const bool is_ours =
        std::any_of(accounts_.begin(), accounts_.end(), [&](const WebhookAccount& account) {
            return account.provider == ProviderKind::kSes && is_of_sns(url, account.endpoint);
        });
    if (!is_ours) return {401, "subscribe_url"};
    HttpRequest request;
    request.url = url;
    try {
        if (fetch_(request).status == 200) {
            log_info("an SNS topic of ours is subscribed to");
            return kGenuine;
        }
        log_warning("the subscription of an SNS topic could not be confirmed");
    } catch (const Unavailable& error) {
        log_warning("the subscription of an SNS topic could not be confirmed: " +
                    redacted(error.what()));
    }
    return {503, "subscribe_url"};
}

}  // namespace tocsin
