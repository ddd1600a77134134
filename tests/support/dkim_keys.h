// Keys for tests of DKIM, made when asked for, and the checking half.
#pragma once

#include <string>
#include <string_view>

namespace tocsin::test {

std::string rsa_pem(unsigned bits = 2048);
// "ED25519", "ED448", "X25519"
std::string pem_of_type(const char* type);
std::string elliptic_curve_pem();
std::string encrypted_pem();
std::string public_pem();

// Whether `signature` is one of `signed_text` by rsa-sha256; the key as in a record's `p=`,
// decoded.
bool rsa_verifies(std::string_view public_key, std::string_view signed_text,
                  std::string_view signature);

}  // namespace tocsin::test
