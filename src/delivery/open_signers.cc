#include "delivery/open_signers.h"

#include "base/error.h"
#include "campaign/secret.h"

namespace tocsin {
namespace {

std::string describe(const TransportDefinition& definition, const DkimKey& key) {
    return "transport `" + definition.name + "`, DKIM key `" + key.selector + "` of " + key.domain +
           ": ";
}

std::string fetch_pem(const Workspace& workspace, const TransportDefinition& definition,
                      const DkimKey& key) {
    try {
        return fetch_secret(key.key, workspace);
    } catch (const ConfigError& error) {
        throw ConfigError(describe(definition, key) + error.what(), error.hint());
    }
}

DkimIdentity open_identity(const Workspace& workspace, const TransportDefinition& definition,
                           const DkimKey& key) {
    auto made = DkimIdentity::make(key.domain, key.selector, fetch_pem(workspace, definition, key));
    if (auto* fault = std::get_if<SigningKey::Fault>(&made)) {
        throw ConfigError(describe(definition, key) + fault->message, fault->hint);
    }
    return std::move(std::get<DkimIdentity>(made));
}

DkimSigner open_all(const Workspace& workspace, const TransportDefinition& definition) {
    std::vector<DkimIdentity> identities;
    for (const DkimKey& key : definition.dkim) {
        identities.push_back(open_identity(workspace, definition, key));
    }
    auto made = DkimSigner::make(std::move(identities));
    if (auto* fault = std::get_if<SigningKey::Fault>(&made)) {
        throw ConfigError("transport `" + definition.name + "`: " + fault->message, fault->hint);
    }
    return std::move(std::get<DkimSigner>(made));
}

}  // namespace

DkimSigner open_signers(const Workspace& workspace, const TransportDefinition& definition,
                        const std::string& from_domain) {
    DkimSigner signer = open_all(workspace, definition);
    if (definition.dkim.empty() || signer.covers(from_domain)) return signer;
    throw ConfigError("transport `" + definition.name + "`: no RSA key under `dkim` is for " +
                          from_domain + ", the domain of `from`, and DMARC counts no other",
                      "add a key with `domain: " + from_domain +
                          "`, or remove `dkim` where the relay signs (docs/dkim.md)");
}

}  // namespace tocsin
