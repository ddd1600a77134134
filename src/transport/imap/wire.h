// An authenticated connection to an IMAP server, as bytes. libcurl connects, verifies TLS and logs
// in; what is said then is ours (transport/imap/dialogue.h): libcurl's own FETCH marks mails as
// read.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "transport/imap/imap.h"

namespace tocsin {

class ImapWire {
  public:
    virtual ~ImapWire() = default;
    // Both throw Unavailable where the connection broke or a minute passes without a byte.
    virtual void send(std::string_view bytes) = 0;
    // At least one byte.
    virtual std::string receive() = 0;
};

// Throws Unavailable, with what to do about it.
std::unique_ptr<ImapWire> connect_imap(const ImapSettings& settings);

}  // namespace tocsin
