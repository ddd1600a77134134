// Signs mails: DKIM, RFC 6376, with rsa-sha256 as RFC 8301 wants it and ed25519-sha256 (RFC 8463)
// beside it. Both forms are `relaxed`; a signature always covers the whole body (no `l=`).
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "mail/dkim_identity.h"

namespace tocsin {

// Any number of threads may use a signer at once.
class DkimSigner {
  public:
    DkimSigner() = default;  // signs nothing
    bool empty() const { return identities_.empty(); }

    // A fault where two share a record, and where Ed25519 keys stand alone: many receivers know RSA
    // only, and to them such a mail would have no signature.
    static std::variant<DkimSigner, SigningKey::Fault> make(std::vector<DkimIdentity> identities);

    // One `DKIM-Signature` field for each identity, folded, each with its CR LF: to be put in front
    // of `message`, which has CR LF only. Each covers the message, and none another signature.
    // `date` is that of the message. Equal arguments give equal bytes.
    std::string sign(std::string_view message, WallTime date) const;

    // Whether DMARC accepts one of the RSA signatures for a mail from `from_domain` (A-labels):
    // see `is_aligned`.
    bool covers(std::string_view from_domain) const;

  private:
    explicit DkimSigner(std::vector<DkimIdentity> identities);
    std::vector<DkimIdentity> identities_;
};

}  // namespace tocsin
