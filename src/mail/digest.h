// Hashes and encodings over bytes, by OpenSSL.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

std::string sha256(std::string_view bytes);  // 32 raw bytes
// FIPS 202: as many raw bytes as are asked for.
std::string shake256(std::string_view bytes, std::size_t length);
std::string hmac_sha256(std::string_view key, std::string_view bytes);
// RFC 5869 without a salt; `purpose` is its info.
std::string hkdf_sha256(std::string_view secret, std::string_view purpose);  // 32 raw bytes
bool equal_in_constant_time(std::string_view a, std::string_view b);
// RFC 4648 base32, lower case, no padding.
std::string base32(std::string_view bytes);
// Only what `base32` makes: nothing for capitals, padding, other characters, a length that no
// bytes have, or spare bits that are not zero.
std::optional<std::string> from_base32(std::string_view text);

}  // namespace tocsin
