// What the server says, cut into lines; a literal ({N}, then N bytes) belongs to the line that
// announces it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "transport/imap/wire.h"

namespace tocsin {

struct ImapLine {
    std::string text;  // without CR LF and without the bytes of literals
    std::vector<std::string> literals;
};

class ImapReplyReader {
  public:
    // A line, or its literals together, of more than `most` bytes is nonsense.
    ImapReplyReader(ImapWire& wire, std::string server, std::size_t most)
        : wire_(wire), server_(std::move(server)), most_(most) {}
    // Throws Unavailable as the wire does, and for nonsense.
    ImapLine next();

  private:
    std::string piece();
    std::string exactly(std::size_t count);

    ImapWire& wire_;
    std::string server_;
    std::size_t most_;
    std::string pending_;
};

}  // namespace tocsin
