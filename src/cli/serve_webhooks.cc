#include "cli/serve_webhooks.h"

#include "base/error.h"
#include "base/log.h"
#include "campaign/secret.h"
#include "webhook/signatures.h"

namespace tocsin {
namespace {

// Why there is none, or it is of no use, goes to the log: pages are served all the same.
std::string secret_of(const std::string& transport, const ProviderSettings& settings,
                      const Workspace& workspace) {
    std::string fault;
    try {
        std::string secret = fetch_secret(*settings.webhook_secret, workspace);
        fault = fault_of_webhook_secret(settings.kind, secret);
        if (fault.empty()) return secret;
        fault = "the `webhook_secret` of `" + transport + "` " + fault;
    } catch (const ConfigError& error) {
        fault = error.what() + (error.hint().empty() ? "" : " (" + error.hint() + ")");
    }
    log_warning(fault + ": the webhooks of the transport `" + transport +
                "` are told to come again; mend its `webhook_secret` and restart `serve`");
    return "";
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
        if (!is_ses) account.secret = secret_of(name, *settings, workspace);
        accounts.push_back(std::move(account));
    }
    return accounts;
}

}  // namespace tocsin
