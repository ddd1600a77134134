// A private key of DKIM: RSA, or Ed25519 (RFC 8463).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace tocsin {

class SigningKey {
  public:
    enum class Kind { kRsa, kEd25519 };

    // Why a text is no key that receivers accept: a sentence about "it", and what to do.
    struct Fault {
        std::string message;
        std::string hint;
    };

    // PEM, not encrypted. RSA of 2048 to 4096 bits: RFC 8301 demands 1024 and advises 2048, and
    // receivers need not verify more than 4096.
    static std::variant<SigningKey, Fault> parse(std::string_view pem);

    SigningKey(SigningKey&&) noexcept;
    SigningKey& operator=(SigningKey&&) noexcept;
    ~SigningKey();

    Kind kind() const;
    // As a DKIM record's `p=` holds it, decoded: a SubjectPublicKeyInfo in DER for RSA, the 32
    // bytes of the key for Ed25519.
    std::string public_key() const;
    // The raw signature of a SHA-256 hash: PKCS #1 v1.5 for RSA, Ed25519 over the hash otherwise.
    // Equal hashes give equal signatures. Any number of threads may call it at once.
    std::string sign(std::string_view hash) const;

  private:
    struct State;
    explicit SigningKey(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace tocsin
