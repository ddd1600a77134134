// A finished mail with its envelope: what a transport carries.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "mail/address.h"
#include "mail/mime.h"

namespace tocsin {

struct Envelope {
    Mailbox from;  // MAIL FROM: where bounces go
    Mailbox to;
};

// What a transport takes: a whole message as bytes, or what one is made of, for a provider that
// builds it.
enum class MessageForm { kMime, kParts };

struct Message {
    Envelope envelope;
    std::string message_id;  // without angle brackets; the same in every attempt
    std::string bytes;  // headers and body: CRLF line ends only, no line over 998, not dot-stuffed
    bool eight_bit = false;  // holds bytes above 127: needs 8BITMIME
    // A line may begin with a dot. What mail/mime.h builds has none: its encodings write `=2E`.
    bool leading_dots = true;

    // Instead of `bytes`, in the form kParts. Its attachments are those of the campaign's content,
    // which outlives it.
    std::shared_ptr<const Draft> parts{};
    std::string campaign{};  // the campaign's id
    // Proves whose mail it was, where a provider reports on it (mail/return_path.h); empty: of
    // nobody's, as proofs are.
    std::string reference{};

    // About so many bytes go out.
    std::size_t size() const;
};

}  // namespace tocsin
