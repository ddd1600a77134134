// From the keys that tocsin.yaml names for a transport to a signer: reads the secrets only now.
#pragma once

#include <string>

#include "mail/dkim.h"
#include "model/workspace.h"

namespace tocsin {

// One that signs nothing where the transport has no keys. Throws ConfigError, naming transport and
// selector, where a key cannot be had or used, and where none is aligned with `from_domain`
// (A-labels): DMARC would count such a signature as none.
DkimSigner open_signers(const Workspace& workspace, const TransportDefinition& definition,
                        const std::string& from_domain);

}  // namespace tocsin
