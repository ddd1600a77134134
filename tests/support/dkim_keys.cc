#include "support/dkim_keys.h"

#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdexcept>

namespace tocsin::test {
namespace {

struct Closer {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Closer>;

template <typename Write>
std::string written(Write write) {
    std::unique_ptr<BIO, Closer> bio(BIO_new(BIO_s_mem()));
    if (write(bio.get()) != 1) throw std::runtime_error("cannot write a test key");
    char* bytes = nullptr;
    auto size = BIO_get_mem_data(bio.get(), &bytes);
    return std::string(bytes, static_cast<std::size_t>(size));
}

std::string private_pem(const Key& key) {
    return written([&](BIO* bio) {
        return PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    });
}

Key make_key(const char* type) {
    return Key(EVP_PKEY_Q_keygen(nullptr, nullptr, type));
}

}  // namespace

std::string rsa_pem(unsigned bits) {
    return private_pem(Key(EVP_RSA_gen(bits)));
}

std::string pem_of_type(const char* type) {
    return private_pem(make_key(type));
}

std::string elliptic_curve_pem() {
    return private_pem(Key(EVP_EC_gen("P-256")));
}

std::string encrypted_pem() {
    Key key = make_key("ED25519");
    std::string passphrase = "secret";
    return written([&](BIO* bio) {
        return PEM_write_bio_PrivateKey(bio, key.get(), EVP_aes_128_cbc(),
                                        reinterpret_cast<unsigned char*>(passphrase.data()),
                                        static_cast<int>(passphrase.size()), nullptr, nullptr);
    });
}

std::string public_pem() {
    Key key = make_key("ED25519");
    return written([&](BIO* bio) { return PEM_write_bio_PUBKEY(bio, key.get()); });
}

bool rsa_verifies(std::string_view public_key, std::string_view signed_text,
                  std::string_view signature) {
    const auto* bytes = reinterpret_cast<const unsigned char*>(public_key.data());
    Key key(d2i_PUBKEY(nullptr, &bytes, static_cast<long>(public_key.size())));
    std::unique_ptr<EVP_MD_CTX, Closer> context(EVP_MD_CTX_new());
    return EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
           EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                            signature.size(),
                            reinterpret_cast<const unsigned char*>(signed_text.data()),
                            signed_text.size()) == 1;
}

}  // namespace tocsin::test
