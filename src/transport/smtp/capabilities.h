// What a server announced in its EHLO reply, as far as the dialogue makes use of it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace tocsin {

struct Capabilities {
    bool size = false;                      // RFC 1870
    std::uint64_t most_bytes = 0;           // of SIZE; 0: not said
    bool pipelining = false;                // RFC 2920
    bool overlap = true;                    // with it: messages may overlap (server_talk.h)
    bool dsn = false;                       // RFC 3461
    bool eight_bit_mime = false;            // RFC 6152
    bool smtputf8 = false;                  // RFC 6531
    bool auth = false;                      // RFC 4954
    std::optional<int> most_messages = {};  // RFC 9422: MAILMAX of LIMITS
};

// `lines` are the texts of one EHLO reply without codes, the greeting line first.
Capabilities read_capabilities(std::span<const std::string> lines);

}  // namespace tocsin
