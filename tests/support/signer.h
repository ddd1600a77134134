// Keys that sign as providers do, made when asked for, and the half that signs.
#pragma once

#include <chrono>
#include <memory>
#include <openssl/evp.h>
#include <string>
#include <string_view>

namespace tocsin::test {

class Signer {
  public:
    // An elliptic curve by its name, "P-256".
    static Signer elliptic_curve(const char* curve = "P-256");
    static Signer rsa(unsigned bits = 2048);

    // SubjectPublicKeyInfo in DER.
    std::string spki() const;
    // A certificate of this key by itself, in PEM, valid between these times.
    std::string certificate(std::chrono::system_clock::time_point from,
                            std::chrono::system_clock::time_point until) const;
    // `hash` is "SHA1" or "SHA256".
    std::string sign(std::string_view bytes, const char* hash = "SHA256") const;

  private:
    struct Closer {
        void operator()(EVP_PKEY* x) const { EVP_PKEY_free(x); }
    };
    explicit Signer(EVP_PKEY* key) : key_(key) {}
    std::unique_ptr<EVP_PKEY, Closer> key_;
};

}  // namespace tocsin::test
