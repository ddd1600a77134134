// One person's mail as lines, in the parts that a reviewer compares.
#pragma once

#include <string>
#include <vector>

#include "compose/renderer.h"
#include "mail/address.h"
#include "model/content.h"

namespace tocsin {

struct MailText {
    std::vector<std::string> headers;  // decoded; subject, preheader and attachments among them
    std::vector<std::string> text;
    std::vector<std::string> html;  // long lines are broken between two tags
};

// With links that suppress nobody.
MailText mail_text(const Content& content, Renderer& renderer, const Mailbox& recipient,
                   const std::vector<std::string>& cells);

struct PartDifference {
    std::string part;  // "headers", "text part", "HTML part"
    std::string diff;  // as unified_diff
};
// Of the parts that differ.
std::vector<PartDifference> differences(const MailText& then, const MailText& now, bool colour);

}  // namespace tocsin
