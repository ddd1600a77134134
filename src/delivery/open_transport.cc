#include "delivery/open_transport.h"

#include "base/error.h"
#include "campaign/secret.h"
#include "delivery/ask_again.h"
#include "transport/http/transport.h"
#include "transport/maildir.h"
#include "transport/smtp/smtp.h"

namespace tocsin {
namespace {

std::unique_ptr<Transport> open_smtp(const Workspace& workspace, const SmtpSettings& settings,
                                     const std::string& sender_domain, const Clock& clock,
                                     Departures& departures) {
    std::string password = settings.password ? fetch_secret(*settings.password, workspace) : "";
    std::string ehlo = settings.ehlo.empty() ? sender_domain : settings.ehlo;
    return make_smtp_transport(settings, std::move(ehlo), std::move(password), clock, departures);
}

std::string optional_secret(const std::optional<SecretSource>& source, const Workspace& workspace) {
    return source ? fetch_secret(*source, workspace) : "";
}

std::unique_ptr<Transport> open_provider(const Workspace& workspace,
                                         const ProviderSettings& settings,
                                         const std::string& sender_domain, bool sandbox,
                                         const Clock& clock, Departures& departures,
                                         std::filesystem::path outstanding = {}) {
    ProviderKeys keys{optional_secret(settings.api_key, workspace),
                      optional_secret(settings.secret_key, workspace),
                      optional_secret(settings.session_token, workspace)};
    return make_provider_transport({settings, std::move(keys), sender_domain, sandbox}, clock,
                                   departures, std::move(outstanding));
}

}  // namespace

const TransportDefinition& choose_transport(const Workspace& workspace, const std::string& wanted) {
    const std::string& name = wanted.empty() ? workspace.default_transport : wanted;
    auto found = workspace.transports.find(name);
    if (found != workspace.transports.end()) return found->second;
    throw ConfigError(name.empty()
                          ? "no transport is named, neither by the campaign nor in tocsin.yaml"
                          : "tocsin.yaml has no transport `" + name + "`",
                      "name one with `transport:` and describe it under `transports:`");
}

std::unique_ptr<Transport> open_transport(const Workspace& workspace,
                                          const TransportDefinition& definition,
                                          const std::string& sender_domain, const Clock& clock,
                                          Departures& departures) {
    if (const auto* maildir = std::get_if<MaildirSettings>(&definition.settings)) {
        return make_maildir_transport(maildir->path, clock, departures);
    }
    if (const auto* provider = std::get_if<ProviderSettings>(&definition.settings)) {
        return open_provider(workspace, *provider, sender_domain, false, clock, departures,
                             outstanding_folder(workspace, definition.name));
    }
    return open_smtp(workspace, std::get<SmtpSettings>(definition.settings), sender_domain, clock,
                     departures);
}

std::unique_ptr<Transport> open_sandbox(const Workspace& workspace,
                                        const TransportDefinition& definition,
                                        const std::string& sender_domain, const Clock& clock,
                                        Departures& departures) {
    const auto* provider = std::get_if<ProviderSettings>(&definition.settings);
    if (provider == nullptr) {
        throw UsageError("transport `" + definition.name + "` has no sandbox",
                         "only providers have one; a maildir transport delivers to a folder");
    }
    return open_provider(workspace, *provider, sender_domain, true, clock, departures);
}

Unavailable of_transport(const std::string& name, const Unavailable& fault) {
    return Unavailable("transport `" + name + "`: " + fault.what(),
                       fault.hint().empty() ? "check the network, and this transport in tocsin.yaml"
                                            : fault.hint());
}

int side_by_side(const TransportDefinition& definition) {
    constexpr int kOfFolder = 64;
    if (const auto* smtp = std::get_if<SmtpSettings>(&definition.settings)) {
        return smtp->connections;
    }
    const auto* provider = std::get_if<ProviderSettings>(&definition.settings);
    return provider != nullptr ? provider->connections * provider->batch : kOfFolder;
}

}  // namespace tocsin
