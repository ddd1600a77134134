// The public half of a DKIM key, as the DNS shows it: RFC 6376 section 3.6.1, RFC 8463.
#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace tocsin {

struct DkimRecord {
    enum class Kind { kRsa, kEd25519 };

    Kind kind = Kind::kRsa;
    bool revoked = false;    // `p=` is empty
    bool testing = false;    // `t=y`
    std::string public_key;  // as SigningKey::public_key gives it
    int bits = 0;
};

// Or why receivers make nothing of it: a clause about the record.
std::variant<DkimRecord, std::string> parse_dkim_record(std::string_view text);

}  // namespace tocsin
