// Signs that a mail comes from a mail system and tells of another mail, for reports that are in no
// standard form. Each sign alone can be a coincidence: text_bounce.cc says how many it takes.
#pragma once

#include <string_view>

#include "inbound/recognise/notice.h"
#include "inbound/recognise/parsed_mail.h"

namespace tocsin {

// How sure it is that no person wrote it: 0 not at all, 1 perhaps, 2 and more certainly. 0 for a
// mail of a mailing list.
int from_mail_system(const ParsedMail& mail, const Notice& notice);

// How clearly subject and words speak of a mail that was not delivered: 1 perhaps, 2 and more
// certainly.
int speaks_of_failure(const ParsedMail& mail, const Notice& notice);

// Whether the subject alone does.
bool has_failure_subject(const ParsedMail& mail);

// Whether a program of another kind returns the mail, to be answered by nobody.
bool returns_as_program(const ParsedMail& mail, const Notice& notice);

// Whether subject or text speak of a mail that is still being tried.
bool speaks_of_delay(const ParsedMail& mail, const Notice& notice);

// "Re: …", "Fwd: …" and their like in other languages.
bool is_answer(std::string_view subject);

bool is_of_list(const ParsedMail& mail);

}  // namespace tocsin
