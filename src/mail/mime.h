// Builds a whole message as bytes: RFC 5322 headers, RFC 2047 words, RFC 2231 parameters, RFC 2045
// quoted-printable, multipart/alternative inside multipart/mixed where there are attachments.
// Deterministic: equal drafts give equal bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "mail/address.h"

namespace tocsin {

// A header beside the usual ones. The value is UTF-8 without control characters; an unstructured
// value is encoded where it must be, a structured one is written as it is and must be ASCII.
struct HeaderField {
    std::string name;
    std::string value;
    bool structured = true;
};

struct AttachedFile {
    std::string_view name;
    std::string_view media_type;
    std::string_view bytes;
    // What `encode_attachment` made of the three, for a file that goes into many messages; or
    // empty: then it is made for this one.
    std::string_view encoded = {};
};

// The part of a message that the file becomes: its fields and its content in base64. Throws
// std::invalid_argument where no header can hold its name or media type.
std::string encode_attachment(const AttachedFile& file);

struct Draft {
    NamedMailbox from;
    std::optional<NamedMailbox> reply_to;
    Mailbox to;
    std::string subject;     // UTF-8
    std::string message_id;  // without angle brackets
    WallTime date{};
    std::vector<HeaderField> headers;  // in this order, after the usual ones
    std::string text;                  // UTF-8, any line ends; empty: no such part
    std::string html;
    std::vector<AttachedFile> attachments;
};

// Every line at most 998 bytes and CRLF-ended, ASCII only (but for a recipient who needs SMTPUTF8);
// none begins with a dot.
// Throws std::invalid_argument where a value holds a control character that its header cannot have:
// callers have checked, so this is a fault of ours, and no header can be smuggled in.
std::string build_message(const Draft& draft);

}  // namespace tocsin
