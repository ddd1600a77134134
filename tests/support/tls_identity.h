// A self-signed certificate with its key, made in memory for a test server.
#pragma once

#include <filesystem>
#include <memory>
#include <openssl/ssl.h>
#include <string>

namespace tocsin::test {

class TlsIdentity {
  public:
    // `names` as in a subjectAltName: "DNS:localhost,IP:127.0.0.1".
    explicit TlsIdentity(const std::string& names);

    // Of a server that shows this certificate.
    SSL_CTX* context() const { return context_.get(); }
    void write_certificate(const std::filesystem::path& path) const;
    // Certificate and key, mode 0600; the key under `passphrase` if there is one.
    void write_both(const std::filesystem::path& path, const std::string& passphrase = "") const;
    // Asks clients for a certificate; those that show one must show this.
    void ask_clients_for(const TlsIdentity& client);

  private:
    struct Closer {
        void operator()(X509* x) const { X509_free(x); }
        void operator()(EVP_PKEY* x) const { EVP_PKEY_free(x); }
        void operator()(SSL_CTX* x) const { SSL_CTX_free(x); }
    };
    void set_names(const std::string& names);

    std::unique_ptr<EVP_PKEY, Closer> key_;
    std::unique_ptr<X509, Closer> certificate_;
    std::unique_ptr<SSL_CTX, Closer> context_;
};

}  // namespace tocsin::test
