// What an address tells of how its owner means to be written to.
#pragma once

#include <string_view>

#include "mail/address.h"

namespace tocsin {

// `no-reply@`, `noreply-campaigns@`, `do_not_reply@`, and their kind in other languages: says that
// nobody reads what comes there.
bool is_no_reply(const Mailbox& address);

// A domain (A-labels) at which a large provider gives addresses to anybody: no sender but the
// provider can make SPF or DKIM of it pass.
bool is_freemail(std::string_view domain);

}  // namespace tocsin
