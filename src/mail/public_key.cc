#include "mail/public_key.h"

#include <ctime>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string>

namespace tocsin {
namespace {

constexpr int kLeastRsaBits = 2048;

struct Closer {
    void operator()(EVP_PKEY* x) const { EVP_PKEY_free(x); }
    void operator()(EVP_MD_CTX* x) const { EVP_MD_CTX_free(x); }
    void operator()(X509* x) const { X509_free(x); }
    void operator()(BIO* x) const { BIO_free(x); }
};
template <class T>
using Owned = std::unique_ptr<T, Closer>;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

bool is_p256(EVP_PKEY* key) {
    char group[32] = "";
    std::size_t length = 0;
    return EVP_PKEY_base_id(key) == EVP_PKEY_EC &&
           EVP_PKEY_get_group_name(key, group, sizeof group, &length) == 1 &&
           std::string_view(group, length) == "prime256v1";
}

bool is_valid_at(X509* certificate, WallTime now) {
    std::time_t time = std::chrono::system_clock::to_time_t(now);
    return X509_cmp_time(X509_get0_notBefore(certificate), &time) < 0 &&
           X509_cmp_time(X509_get0_notAfter(certificate), &time) > 0;
}

}  // namespace

struct PublicKey::State {
    Owned<EVP_PKEY> key;
};

PublicKey::PublicKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
PublicKey::PublicKey(PublicKey&&) noexcept = default;
PublicKey& PublicKey::operator=(PublicKey&&) noexcept = default;
PublicKey::~PublicKey() = default;

std::optional<PublicKey> PublicKey::from_spki(std::string_view der) {
    const unsigned char* at = bytes_of(der);
    Owned<EVP_PKEY> key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
    ERR_clear_error();
    const bool whole = key && at == bytes_of(der) + der.size();
    if (!whole || !is_p256(key.get())) return std::nullopt;
    return PublicKey(std::make_unique<State>(State{std::move(key)}));
}

std::optional<PublicKey> PublicKey::from_certificate(std::string_view pem, WallTime now) {
    Owned<BIO> file(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    Owned<X509> certificate(PEM_read_bio_X509(file.get(), nullptr, nullptr, nullptr));
    ERR_clear_error();
    if (!certificate || !is_valid_at(certificate.get(), now)) return std::nullopt;
    Owned<EVP_PKEY> key(X509_get_pubkey(certificate.get()));
    const bool is_rsa = key && EVP_PKEY_base_id(key.get()) == EVP_PKEY_RSA &&
                        EVP_PKEY_bits(key.get()) >= kLeastRsaBits;
    if (!is_rsa) return std::nullopt;
    return PublicKey(std::make_unique<State>(State{std::move(key)}));
}

bool PublicKey::verifies(SignatureHash hash, std::string_view bytes,
                         std::string_view signature) const {
    const EVP_MD* digest = hash == SignatureHash::kSha1 ? EVP_sha1() : EVP_sha256();
    Owned<EVP_MD_CTX> context(EVP_MD_CTX_new());
    const bool good =
        EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, state_->key.get()) == 1 &&
        EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(bytes),
                         bytes.size()) == 1;
    ERR_clear_error();
    return good;
}

}  // namespace tocsin
