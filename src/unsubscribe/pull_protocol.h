// How a sender fetches what a `serve --standalone` elsewhere recorded. Both hold the secret;
// `remote` of its keys signs what either says, so that nobody else can read the journal or feed a
// sender.
//
//   GET …/pull?after=N                       Tocsin-Key:   fingerprint of the key
//                                            Tocsin-Time:  milliseconds since 1970
//                                            Tocsin-Nonce: 32 hex digits, others each time
//                                            Tocsin-Mac:   of method, query, time and nonce
//   200, a first line, then lines of the     Tocsin-Mac:   of the request's nonce and the body
//     journal (journal_record.h) above N
//   403, the request's time is too far       Tocsin-Time:  the server's
//     from the server's clock                Tocsin-Mac:   of the request's nonce and that time
//   401, whatever else is not right with it
//
// First line: `tocsin-pull`, 1, the journal's id, the number of its last record, and the sum of
// record N, between tabs. The sum is empty where there is no such record; another than who pulls
// has kept means that the journal was put back and went on otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "mail/token.h"

namespace tocsin::pull {

inline constexpr char kKeyHeader[] = "Tocsin-Key";
inline constexpr char kTimeHeader[] = "Tocsin-Time";
inline constexpr char kNonceHeader[] = "Tocsin-Nonce";
inline constexpr char kMacHeader[] = "Tocsin-Mac";

// Hex, under `keys.remote`.
std::string request_mac(const KeyRing::Keys& keys, std::string_view method, std::string_view after,
                        std::string_view time, std::string_view nonce);
std::string answer_mac(const KeyRing::Keys& keys, std::string_view nonce, std::string_view body);
std::string clock_mac(const KeyRing::Keys& keys, std::string_view nonce, std::string_view time);

struct Head {
    std::string id;
    std::uint64_t last = 0;
    std::string sum{};
};
std::string write_head(const Head& head);  // with its line end
std::optional<Head> parse_head(std::string_view line);

// Plain decimal digits.
std::optional<std::uint64_t> parse_number(std::string_view text);

}  // namespace tocsin::pull
