#include "support/signer.h"

#include <openssl/pem.h>
#include <openssl/x509.h>
#include <stdexcept>

namespace tocsin::test {
namespace {

void demand(bool good) {
    if (!good) throw std::runtime_error("OpenSSL cannot do what a test needs");
}

std::string text_of(BIO* file) {
    char* text = nullptr;
    const long size = BIO_get_mem_data(file, &text);
    std::string all(text, static_cast<std::size_t>(size));
    BIO_free(file);
    return all;
}

}  // namespace

Signer Signer::elliptic_curve(const char* curve) {
    return Signer(EVP_EC_gen(curve));
}

Signer Signer::rsa(unsigned bits) {
    return Signer(EVP_RSA_gen(bits));
}

std::string Signer::spki() const {
    unsigned char* bytes = nullptr;
    const int size = i2d_PUBKEY(key_.get(), &bytes);
    demand(size > 0);
    std::string der(reinterpret_cast<char*>(bytes), static_cast<std::size_t>(size));
    OPENSSL_free(bytes);
    return der;
}

std::string Signer::certificate(std::chrono::system_clock::time_point from,
                                std::chrono::system_clock::time_point until) const {
    X509* made = X509_new();
    X509_set_version(made, 2);
    ASN1_TIME_set(X509_getm_notBefore(made), std::chrono::system_clock::to_time_t(from));
    ASN1_TIME_set(X509_getm_notAfter(made), std::chrono::system_clock::to_time_t(until));
    demand(X509_set_pubkey(made, key_.get()) == 1);
    demand(X509_sign(made, key_.get(), EVP_sha256()) > 0);
    BIO* file = BIO_new(BIO_s_mem());
    demand(PEM_write_bio_X509(file, made) == 1);
    X509_free(made);
    return text_of(file);
}

std::string Signer::sign(std::string_view bytes, const char* hash) const {
    EVP_MD_CTX* context = EVP_MD_CTX_new();
    demand(EVP_DigestSignInit(context, nullptr, EVP_get_digestbyname(hash), nullptr, key_.get()) ==
           1);
    const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
    std::size_t size = 0;
    demand(EVP_DigestSign(context, nullptr, &size, data, bytes.size()) == 1);
    std::string signature(size, '\0');
    demand(EVP_DigestSign(context, reinterpret_cast<unsigned char*>(signature.data()), &size, data,
                          bytes.size()) == 1);
    signature.resize(size);
    EVP_MD_CTX_free(context);
    return signature;
}

}  // namespace tocsin::test
