#include "cli/serve_webhooks.h"

#include "campaign/secret.h"

namespace tocsin {

std::vector<WebhookAccount> webhook_accounts(const Workspace& workspace) {
    std::vector<WebhookAccount> accounts;
    for (const auto& [name, transport] : workspace.transports) {
        const auto* settings = std::get_if<ProviderSettings>(&transport.settings);
        if (settings == nullptr) continue;
        WebhookAccount account{settings->kind, "", settings->topics, settings->endpoint};
        const bool is_ses = settings->kind == ProviderKind::kSes;
        if (is_ses ? settings->topics.empty() : !settings->webhook_secret) continue;
        if (!is_ses) account.secret = fetch_secret(*settings->webhook_secret, workspace);
        accounts.push_back(std::move(account));
    }
    return accounts;
}

}  // namespace tocsin
