#include "base/siphash.h"

#include <bit>
#include <cstddef>
#include <cstring>
#include <string>

#include "base/random.h"

namespace tocsin {
namespace {

struct SipState {
    std::uint64_t v0, v1, v2, v3;

    explicit SipState(const SipKey& key)
        : v0(key.k0 ^ 0x736f6d6570736575u),
          v1(key.k1 ^ 0x646f72616e646f6du),
          v2(key.k0 ^ 0x6c7967656e657261u),
          v3(key.k1 ^ 0x7465646279746573u) {}

    void round() {
        v0 += v1;
        v2 += v3;
        v1 = std::rotl(v1, 13) ^ v0;
        v3 = std::rotl(v3, 16) ^ v2;
        v0 = std::rotl(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = std::rotl(v1, 17) ^ v2;
        v3 = std::rotl(v3, 21) ^ v0;
        v2 = std::rotl(v2, 32);
    }

    void absorb(std::uint64_t word) {
        v3 ^= word;
        round();
        round();
        v0 ^= word;
    }

    std::uint64_t finish() {
        v2 ^= 0xff;
        for (int i = 0; i < 4; ++i) round();
        return v0 ^ v1 ^ v2 ^ v3;
    }
};

// Little-endian, whatever the machine, so that the published vectors hold.
std::uint64_t load(const char* bytes, std::size_t count) {
    if constexpr (std::endian::native == std::endian::little) {
        if (count == 8) {
            std::uint64_t word;
            std::memcpy(&word, bytes, sizeof word);
            return word;
        }
    }
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < count; ++i) {
        word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    return word;
}

}  // namespace

SipKey SipKey::random() {
    std::string bytes = random_bytes(16);
    return {load(bytes.data(), 8), load(bytes.data() + 8, 8)};
}

std::uint64_t siphash(const SipKey& key, std::string_view bytes) {
    SipState state(key);
    std::size_t whole = bytes.size() / 8 * 8;
    for (std::size_t i = 0; i < whole; i += 8) state.absorb(load(bytes.data() + i, 8));
    std::uint64_t rest = load(bytes.data() + whole, bytes.size() - whole);
    state.absorb(rest | std::uint64_t{bytes.size() & 0xff} << 56);
    return state.finish();
}

}  // namespace tocsin
