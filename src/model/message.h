// A finished mail with its envelope: what a transport carries.
#pragma once

#include <string>

#include "mail/address.h"

namespace tocsin {

struct Envelope {
    Mailbox from;  // MAIL FROM: where bounces go
    Mailbox to;
};

struct Message {
    Envelope envelope;
    std::string message_id;  // without angle brackets; the same in every attempt
    std::string bytes;  // headers and body: CRLF line ends only, no line over 998, not dot-stuffed
    bool eight_bit = false;  // holds bytes above 127: needs 8BITMIME
    // A line may begin with a dot. What mail/mime.h builds has none: its encodings write `=2E`.
    bool leading_dots = true;
};

}  // namespace tocsin
