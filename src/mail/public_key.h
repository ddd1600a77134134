// Somebody else's public key: what checks their signatures.
#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "base/clock.h"

namespace tocsin {

enum class SignatureHash { kSha1, kSha256 };

class PublicKey {
  public:
    // SubjectPublicKeyInfo in DER (RFC 5480): of an elliptic curve P-256, nothing for anything
    // else.
    static std::optional<PublicKey> from_spki(std::string_view der);
    // Of an X.509 certificate in PEM, the first where there are several: RSA of 2048 bits or more,
    // and valid at that time; nothing otherwise. Who signed the certificate is not looked at.
    static std::optional<PublicKey> from_certificate(std::string_view pem, WallTime now);

    PublicKey(PublicKey&&) noexcept;
    PublicKey& operator=(PublicKey&&) noexcept;
    ~PublicKey();

    // PKCS #1 v1.5 for RSA, DER for elliptic curves. False for whatever is no such signature.
    bool verifies(SignatureHash hash, std::string_view bytes, std::string_view signature) const;

  private:
    struct State;
    explicit PublicKey(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace tocsin
