// Bytes nobody can guess: secrets, ledger ids, file names.
#pragma once

#include <cstddef>
#include <string>

namespace tocsin {

// From getrandom(2). Throws std::system_error if the kernel has none to give.
std::string random_bytes(std::size_t count);

// `count` random bytes as 2 × count lower-case hex digits.
std::string random_hex(std::size_t count);

std::string to_hex(const std::string& bytes);

}  // namespace tocsin
