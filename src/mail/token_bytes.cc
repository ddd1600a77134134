#include "mail/token_bytes.h"

#include <stdexcept>

#include "mail/digest.h"

namespace tocsin {

char key_id(const KeyRing::Keys& keys) {
    return static_cast<char>(std::stoi(keys.fingerprint.substr(0, 2), nullptr, 16));
}

void append_number(std::string& bytes, std::uint64_t number, int width, const char* what) {
    if (number >> (8 * width) != 0) {
        throw std::out_of_range(std::string(what) + " is too large for a token");
    }
    for (int i = width - 1; i >= 0; --i) bytes += static_cast<char>((number >> (8 * i)) & 0xFF);
}

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t width) {
    std::uint64_t number = 0;
    for (char c : bytes.substr(at, width)) number = number << 8 | static_cast<unsigned char>(c);
    return number;
}

std::string address_hash(const KeyRing::Keys& keys, std::string_view address_key) {
    return hmac_sha256(keys.address, address_key).substr(0, kAddressHashBytes);
}

}  // namespace tocsin
