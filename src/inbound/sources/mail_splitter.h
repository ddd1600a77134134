// A stream of bytes cut into mails: an mbox (RFC 4155 and its relatives), or one mail. Memory holds
// one mail, of which no more than `most` bytes, whatever the stream's size.
#pragma once

#include <cstddef>
#include <cstdio>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tocsin {

class MailSplitter {
  public:
    // `stream` must outlive it.
    explicit MailSplitter(std::FILE* stream, std::size_t most);
    // The first bytes of the next mail; in an mbox its "From " line is left out. Nothing at the
    // end; an empty stream has no mail. Throws std::system_error where reading fails.
    std::optional<std::string> next();

  private:
    bool read_piece();
    void append(std::string& mail) const;

    std::FILE* stream_;
    std::size_t most_;
    std::vector<char> buffer_;
    std::size_t begin_ = 0, end_ = 0;
    std::string_view piece_;  // a line with its end, or a part of one that is very long
    bool piece_begins_line_ = true;
    bool have_piece_ = false;
    bool first_ = true;
    bool is_mbox_ = false;
};

// "From MAILER-DAEMON Tue Nov 24 09:00:00 2026": begins a mail in an mbox. A line of a body that
// begins with the word alone does not.
bool is_mbox_separator(std::string_view line);

}  // namespace tocsin
