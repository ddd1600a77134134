#include "delivery/open_transport.h"

#include "base/error.h"
#include "campaign/secret.h"
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
    return open_smtp(workspace, std::get<SmtpSettings>(definition.settings), sender_domain, clock,
                     departures);
}

}  // namespace tocsin
