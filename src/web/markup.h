// Pieces of pages. What is called `html` goes in as it is.
#pragma once

#include <string>
#include <string_view>

#include "mail/address.h"
#include "unsubscribe/leaving.h"
#include "web/wording.h"

namespace tocsin {

std::string radio(Choice choice, const std::string& html, bool is_checked);
std::string undo_form(const Wording& words);
// Shown when it is asked for, without a script.
std::string folded(const std::string& html_summary, const std::string& html);

// "mailto:unsubscribe+TOKEN@harbour.example?subject=unsubscribe" (RFC 6068), percent-encoded; the
// token may be empty.
std::string mailto_link(const Mailbox& mailbox, std::string_view token);

}  // namespace tocsin
