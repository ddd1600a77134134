// What tokens and return paths are made of, before base32: numbers, the hash of an address, a MAC.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "mail/token.h"

namespace tocsin {

inline constexpr std::size_t kMacBytes = 12;
inline constexpr std::size_t kAddressHashBytes = 8;

// The first byte of the fingerprint: which key to try.
char key_id(const KeyRing::Keys& keys);

// Big-endian. Throws std::out_of_range, naming `what`, where it does not fit.
void append_number(std::string& bytes, std::uint64_t number, int width, const char* what);
std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t width);

std::string address_hash(const KeyRing::Keys& keys, std::string_view address_key);

}  // namespace tocsin
