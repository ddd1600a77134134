#include "cli/serve_webhooks.h"

#include "base/error.h"
#include "base/log.h"
#include "campaign/secret.h"

namespace tocsin {
namespace {

std::string secret_of(const std::string& transport, const SecretSource& source,
                      const Workspace& workspace) {
    try {
        return fetch_secret(source, workspace);
    } catch (const ConfigError& error) {
        const std::string hint = error.hint().empty() ? "" : " (" + error.hint() + ")";
        log_warning(error.what() + hint + ": the webhooks of the transport `" + transport +
                    "` are told to come again; mend its `webhook_secret` and restart `serve`");
        return "";
    }
}

}  // namespace

std::vector<WebhookAccount> webhook_accounts(const Workspace& workspace) {
    std::vector<WebhookAccount> accounts;
    for (const auto& [name, transport] : workspace.transports) {
        const auto* settings = std::get_if<ProviderSettings>(&transport.settings);
        if (settings == nullptr) continue;
        WebhookAccount account{settings->kind, "", settings->topics, settings->endpoint};
        const bool is_ses = settings->kind == ProviderKind::kSes;
        if (is_ses ? settings->topics.empty() : !settings->webhook_secret) continue;
        if (!is_ses) account.secret = secret_of(name, *settings->webhook_secret, workspace);
        accounts.push_back(std::move(account));
    }
    return accounts;
}

}  // namespace tocsin
