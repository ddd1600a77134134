// SipHash-2-4 (Aumasson and Bernstein, 2012): a hash with a key, so that nobody can write a list
// whose addresses all fall together.
#pragma once

#include <cstdint>
#include <string_view>

namespace tocsin {

struct SipKey {
    std::uint64_t k0 = 0;
    std::uint64_t k1 = 0;

    static SipKey random();
};

std::uint64_t siphash(const SipKey& key, std::string_view bytes);

}  // namespace tocsin
