#include "mail/digest.h"

#include <array>
#include <cstdint>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
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

std::string hmac_sha256(std::string_view key, std::string_view bytes) {
    Hash hash;
    unsigned length = 0;
    if (HMAC(sha256_algorithm(), key.data(), static_cast<int>(key.size()), as_bytes(bytes),
             bytes.size(), hash.data(), &length) == nullptr) {
        throw std::runtime_error("OpenSSL cannot compute HMAC-SHA-256");
    }
    return as_string(hash);
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
