// A mail taken apart by GMime into what the recognisers read: header fields and texts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "inbound/recognise/fields.h"

namespace tocsin {

struct MailPart {
    std::string type;         // "text/plain", lower case
    std::string report_type;  // of a multipart/report, lower case; or empty
    // How many messages lie around it: 0 for the mail's own parts. What a message carries inside
    // is the matter of that message: the mail that brings it is not judged by it.
    int inside = 0;
    bool in_report = false;  // a multipart/report of the same message lies around it
    // Of a message/rfc822 and its like, or a header alone: the header of the message in it.
    Fields message;
    // Of other parts that are text: decoded, in UTF-8 with LF. Of a message/rfc822: empty.
    std::string text;
};

struct ParsedMail {
    std::string mbox_from;  // the address of a leading mbox line, or empty
    Fields header;
    std::string body;             // as it came, up to 64 KiB: for MIME that is broken
    std::vector<MailPart> parts;  // in order, a multipart before its parts
};

// Of the first kMostOfAMail bytes 200 parts, 32 levels, 256 KiB of each text. Never throws for
// content.
ParsedMail parse_mail(std::string_view mail);

}  // namespace tocsin
