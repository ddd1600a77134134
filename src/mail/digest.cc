#include "mail/digest.h"

#include <array>
#include <cstdint>
#include <memory>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <stdexcept>

namespace tocsin {
namespace {

constexpr std::size_t kHashBytes = 32;
using Hash = std::array<unsigned char, kHashBytes>;

const unsigned char* as_bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

// Looking the algorithm up costs more than hashing a short text, so it is done once.
const EVP_MD* sha256_algorithm() {
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    if (algorithm == nullptr) throw std::runtime_error("OpenSSL has no SHA-256");
    return algorithm;
}

// One a thread, as it is made from what OpenSSL looks up under a lock that all threads share.
class HmacContext {
  public:
    HmacContext() : context_(nullptr, EVP_MAC_CTX_free) {
        std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)> hmac(
            EVP_MAC_fetch(nullptr, "HMAC", nullptr), EVP_MAC_free);
        if (hmac) context_.reset(EVP_MAC_CTX_new(hmac.get()));
        std::array<char, 7> digest = {"SHA256"};
        const std::array<OSSL_PARAM, 2> settings = {
            OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
            OSSL_PARAM_construct_end()};
        if (!context_ || EVP_MAC_CTX_set_params(context_.get(), settings.data()) != 1) {
            throw std::runtime_error("OpenSSL has no HMAC-SHA-256");
        }
    }

    Hash compute(std::string_view key, std::string_view bytes) {
        // No pointer at all would mean the key before.
        if (key.data() == nullptr) key = "";
        Hash hash;
        std::size_t length = 0;
        bool computed = EVP_MAC_init(context_.get(), as_bytes(key), key.size(), nullptr) == 1 &&
                        EVP_MAC_update(context_.get(), as_bytes(bytes), bytes.size()) == 1 &&
                        EVP_MAC_final(context_.get(), hash.data(), &length, hash.size()) == 1;
        if (!computed || length != hash.size()) {
            throw std::runtime_error("OpenSSL cannot compute HMAC-SHA-256");
        }
        return hash;
    }

  private:
    std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)> context_;
};

std::string as_string(const Hash& hash) {
    return std::string(hash.begin(), hash.end());
}

}  // namespace

std::string sha256(std::string_view bytes) {
    Hash hash;
    if (EVP_Digest(bytes.data(), bytes.size(), hash.data(), nullptr, sha256_algorithm(), nullptr) !=
        1) {
        throw std::runtime_error("OpenSSL cannot compute SHA-256");
    }
    return as_string(hash);
}

std::string shake256(std::string_view bytes, std::size_t length) {
    static const EVP_MD* const algorithm = EVP_MD_fetch(nullptr, "SHAKE256", nullptr);
    thread_local const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(
        EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::string hash(length, '\0');
    bool computed = EVP_DigestInit_ex2(context.get(), algorithm, nullptr) == 1 &&
                    EVP_DigestUpdate(context.get(), bytes.data(), bytes.size()) == 1 &&
                    EVP_DigestFinalXOF(context.get(), reinterpret_cast<unsigned char*>(hash.data()),
                                       length) == 1;
    if (!computed) throw std::runtime_error("OpenSSL has no SHAKE256");
    return hash;
}

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
    thread_local HmacContext context;
    return as_string(context.compute(key, bytes));
}

std::string hkdf_sha256(std::string_view secret, std::string_view purpose) {
    // One block of output is all we need, so "expand" is a single HMAC.
    std::string extracted = hmac_sha256(std::string(kHashBytes, '\0'), secret);
    return hmac_sha256(extracted, std::string(purpose) + '\x01');
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace tocsin
