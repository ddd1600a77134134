// People with tokens, and what they choose.
#pragma once

#include <string>

#include "base/clock.h"
#include "mail/token.h"
#include "unsubscribe/leaving.h"

namespace tocsin::test {

inline constexpr WallTime kNoon{std::chrono::sys_days{std::chrono::year{2026} / 11 / 24} +
                                std::chrono::hours(12)};

inline KeyRing key_ring(std::vector<std::string> secrets = {"secret"}) {
    return KeyRing(secrets);
}

inline std::string token_of(const KeyRing& keys, int person, int list = 1) {
    return encode_token(keys, 1, static_cast<std::uint64_t>(list),
                        static_cast<std::uint64_t>(person),
                        "person" + std::to_string(person) + "@one.example");
}

inline Leaving leaving_of(const KeyRing& keys, const std::string& token,
                          Choice choice = Choice::kList, WallTime time = kNoon) {
    return {token, *decode_token(keys, token), choice, "one-click", time};
}

}  // namespace tocsin::test
