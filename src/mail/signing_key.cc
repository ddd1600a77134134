#include "mail/signing_key.h"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <optional>
#include <stdexcept>

namespace tocsin {
namespace {

using Fault = SigningKey::Fault;

constexpr int kFewestBits = 2048;
constexpr int kMostBits = 4096;
constexpr const char* kMakeOne = "make one with `openssl genrsa -out key.pem 2048` (docs/dkim.md)";

struct Closer {
    void operator()(BIO* bio) const { BIO_free(bio); }
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(EVP_PKEY_CTX* context) const { EVP_PKEY_CTX_free(context); }
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
using Key = std::unique_ptr<EVP_PKEY, Closer>;

const unsigned char* as_bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* as_bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

[[noreturn]] void fail() {
    ERR_clear_error();
    throw std::runtime_error("OpenSSL cannot sign");
}

// Called where a key is encrypted. Without it OpenSSL would ask on the terminal.
int refuse_passphrase(char*, int, int, void* was_asked) {
    *static_cast<bool*>(was_asked) = true;
    return -1;
}

struct Reading {
    Key key;
    bool is_encrypted = false;
};

Reading read_pem(std::string_view pem) {
    Reading reading;
    std::unique_ptr<BIO, Closer> bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
    reading.key.reset(
        PEM_read_bio_PrivateKey(bio.get(), nullptr, refuse_passphrase, &reading.is_encrypted));
    // What stays in the thread's queue would be taken for an error of the next TLS connection.
    ERR_clear_error();
    return reading;
}

Fault unreadable(std::string_view pem, bool is_encrypted) {
    if (is_encrypted) {
        return {"it is protected by a passphrase, which nobody types during a send",
                "remove it with `openssl pkey -in key.pem -out new.pem`, and chmod 600 new.pem"};
    }
    if (pem.find("-----BEGIN ") == pem.npos) return {"it is no PEM text", kMakeOne};
    if (pem.find("PRIVATE KEY-----") == pem.npos) {
        return {"it holds no private key, but something else in PEM", kMakeOne};
    }
    return {"its PEM text is damaged", kMakeOne};
}

std::optional<Fault> size_fault(int bits) {
    std::string has = "it is an RSA key of " + std::to_string(bits) + " bits; ";
    if (bits < kFewestBits) return Fault{has + "receivers want 2048 (RFC 8301)", kMakeOne};
    if (bits > kMostBits) return Fault{has + "receivers may refuse more than 4096", kMakeOne};
    return std::nullopt;
}

std::optional<Fault> type_fault(const EVP_PKEY& key) {
    int type = EVP_PKEY_get_base_id(&key);
    if (type == EVP_PKEY_RSA) return size_fault(EVP_PKEY_get_bits(&key));
    if (type == EVP_PKEY_ED25519) return std::nullopt;
    return Fault{"it is neither an RSA nor an Ed25519 key, and DKIM knows no others", kMakeOne};
}

}  // namespace

struct SigningKey::State {
    Key key;

    std::string sign_rsa(std::string_view hash) const;
    std::string sign_ed25519(std::string_view hash) const;
    std::string rsa_public_key() const;
    std::string ed25519_public_key() const;
};

// A context of its own for each call: the key is shared between threads, a context must not be.
std::string SigningKey::State::sign_rsa(std::string_view hash) const {
    std::unique_ptr<EVP_PKEY_CTX, Closer> context(
        EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key.get())), '\0');
    std::size_t size = signature.size();
    if (!context || EVP_PKEY_sign_init(context.get()) != 1 ||
        EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
        EVP_PKEY_CTX_set_signature_md(context.get(), EVP_sha256()) != 1 ||
        EVP_PKEY_sign(context.get(), as_bytes(signature), &size, as_bytes(hash), hash.size()) !=
            1) {
        fail();
    }
    signature.resize(size);
    return signature;
}

std::string SigningKey::State::sign_ed25519(std::string_view hash) const {
    std::unique_ptr<EVP_MD_CTX, Closer> context(EVP_MD_CTX_new());
    std::string signature(static_cast<std::size_t>(EVP_PKEY_get_size(key.get())), '\0');
    std::size_t size = signature.size();
    if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key.get()) != 1 ||
        EVP_DigestSign(context.get(), as_bytes(signature), &size, as_bytes(hash), hash.size()) !=
            1) {
        fail();
    }
    signature.resize(size);
    return signature;
}

std::string SigningKey::State::rsa_public_key() const {
    unsigned char* der = nullptr;
    const int size = i2d_PUBKEY(key.get(), &der);
    if (size <= 0) fail();
    std::string bytes(reinterpret_cast<char*>(der), static_cast<std::size_t>(size));
    OPENSSL_free(der);
    return bytes;
}

std::string SigningKey::State::ed25519_public_key() const {
    std::string bytes(32, '\0');
    std::size_t size = bytes.size();
    if (EVP_PKEY_get_raw_public_key(key.get(), as_bytes(bytes), &size) != 1) fail();
    return bytes;
}

SigningKey::SigningKey(std::unique_ptr<State> state) : state_(std::move(state)) {}
SigningKey::SigningKey(SigningKey&&) noexcept = default;
SigningKey& SigningKey::operator=(SigningKey&&) noexcept = default;
SigningKey::~SigningKey() = default;

std::variant<SigningKey, Fault> SigningKey::parse(std::string_view pem) {
    Reading reading = read_pem(pem);
    if (!reading.key) return unreadable(pem, reading.is_encrypted);
    if (auto fault = type_fault(*reading.key)) return *fault;
    return SigningKey(std::make_unique<State>(State{std::move(reading.key)}));
}

SigningKey::Kind SigningKey::kind() const {
    return EVP_PKEY_get_base_id(state_->key.get()) == EVP_PKEY_RSA ? Kind::kRsa : Kind::kEd25519;
}

std::string SigningKey::public_key() const {
    return kind() == Kind::kRsa ? state_->rsa_public_key() : state_->ed25519_public_key();
}

std::string SigningKey::sign(std::string_view hash) const {
    return kind() == Kind::kRsa ? state_->sign_rsa(hash) : state_->sign_ed25519(hash);
}

}  // namespace tocsin
