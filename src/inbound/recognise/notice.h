// What a mail says in its own words, apart from what it quotes and from the mail it returns.
#pragma once

#include <string>
#include <string_view>

#include "inbound/recognise/parsed_mail.h"

namespace tocsin {

struct Notice {
    std::string text;      // its own lines
    std::string returned;  // what stands behind a line like "Below this line is a copy"
};

// Of the mail's own text parts, HTML only where there is no plain text. Up to 64 KiB of each.
Notice read_notice(const ParsedMail& mail);

// The lines from the first that holds a failing SMTP code to the next blank one, six at most;
// or empty.
std::string telling_lines(std::string_view notice);

}  // namespace tocsin
