// What a server announced in its EHLO reply, as far as the dialogue makes use of it.
#pragma once

#include <span>
#include <string>

namespace tocsin {

struct Capabilities {
    bool size = false;            // RFC 1870
    bool eight_bit_mime = false;  // RFC 6152
    bool smtputf8 = false;        // RFC 6531
    bool auth = false;            // RFC 4954
};

// `lines` are the texts of one EHLO reply without codes, the greeting line first.
Capabilities read_capabilities(std::span<const std::string> lines);

}  // namespace tocsin
