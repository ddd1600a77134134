// Asks every account of a provider whether a post is its.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/clock.h"
#include "web/http.h"
#include "webhook/account.h"
#include "webhook/authenticity.h"
#include "webhook/certificates.h"
#include "webhook/mailgun_signature.h"
#include "webhook/sns.h"

namespace tocsin {

class Verifier {
  public:
    // `clock` outlives it.
    Verifier(std::vector<WebhookAccount> accounts, Certificates::Fetch fetch, const Clock& clock);

    // Whether there is an account to ask. Any thread.
    bool expects(ProviderKind provider) const;
    // May wait for the network, with SES. One thread. Where no account vouches for a post and the
    // secret of one is missing, the post is to come again.
    WebhookProof prove(ProviderKind provider, const WebRequest& post);
    // What was proved has not been noted, and comes again, perhaps in other words.
    void forget_tokens() { tokens_.clear(); }
    // For SES, after `prove`: follows the link that confirms the subscription of a topic of ours.
    // Status 503 where that fails, so that SNS asks again.
    WebhookProof confirm(const SnsMessage& message);

  private:
    WebhookProof prove(const WebhookAccount& account, const WebRequest& post);
    WebhookProof prove_ses(const WebRequest& post);
    bool misses_secret(ProviderKind provider) const;

    std::vector<WebhookAccount> accounts_;
    Certificates::Fetch fetch_;
    const Clock& clock_;
    Certificates certificates_;
    std::map<std::string, TokenMemory> tokens_;  // by the secret
};

}  // namespace tocsin
