// The commands of a transaction as they go onto the wire. Safe by construction: a `Mailbox` holds
// nothing that could end a command.
#pragma once

#include <string>

#include "model/message.h"
#include "transport/smtp/capabilities.h"

namespace tocsin {

// With SIZE (the bytes without stuffing), BODY=8BITMIME, SMTPUTF8, RET and ENVID where announced
// and of use.
std::string mail_command(const Message& message, const Capabilities& capabilities);
// With NOTIFY and ORCPT where DSN is announced.
std::string rcpt_command(const Message& message, const Capabilities& capabilities);

// Why this server cannot take the message (an extension that it does not offer, its size), as a
// sentence for people; or empty.
std::string missing_extension(const Message& message, const Capabilities& capabilities);

}  // namespace tocsin
