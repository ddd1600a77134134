// What a server said while libcurl greeted it and logged in, line by line.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "transport/smtp/capabilities.h"

namespace tocsin {

class ServerTalk {
  public:
    // One line as libcurl passes it to the header function. False where it is no line of a reply
    // (libcurl would wait for one that is, for minutes), and once the server has said more than any
    // server has to say here: libcurl then breaks off.
    bool add(std::string_view line);

    // Those of the last EHLO: after STARTTLS what was said in clear does not count (RFC 3207).
    //
    // Dovecot up to 2.3 dies of a failed assertion when the commands of a message come before it
    // has answered the end of data of the one before (smtp-server-transaction.c,
    // pending_rcpt_cmds), and leaves that one in doubt: from a server that greets as Dovecot does
    // no overlap is asked.
    Capabilities capabilities() const;
    // The server confirmed a login (235).
    bool logged_in() const { return logged_in_; }
    // The last line, for messages: printable, without addresses, at most 300 bytes. Empty if the
    // server said nothing.
    std::string last_line() const;
    // Its code, or 0.
    int last_code() const { return last_code_; }

  private:
    std::string greeting_;
    std::vector<std::string> ehlo_;
    bool ehlo_goes_on_ = false;
    bool logged_in_ = false;
    std::string last_line_;
    int last_code_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace tocsin
