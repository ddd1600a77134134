// One SMTP reply: RFC 5321 section 4.2, enhanced codes RFC 3463. Pure: bytes in, values out.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

struct SmtpReply {
    int code = 0;          // 200 to 599
    std::string enhanced;  // "5.1.1", or empty
    std::string text;  // all lines joined by a space, control bytes replaced, at most 1,000 bytes

    bool positive() const { return code >= 200 && code < 300; }
    bool intermediate() const { return code >= 300 && code < 400; }
    bool transient() const { return code >= 400 && code < 500; }
    bool permanent() const { return code >= 500; }
    // "550 5.1.1 no such user"
    std::string line() const;
};

// Cuts replies out of a stream of bytes. Bounded: a line over 4 KiB, more than 200 lines in one
// reply, a line that is no reply, or lines of one reply with different codes put it into the failed
// state for good: the connection is then destroyed, because nothing after that can be attributed.
class SmtpReplyParser {
  public:
    void feed(std::string_view bytes);
    // The next whole reply, in order of arrival, or nothing yet.
    std::optional<SmtpReply> next();
    bool failed() const { return failed_; }
    // What was wrong, for people; empty unless failed.
    const std::string& fault() const { return fault_; }
    // Bytes are waiting that belong to no whole reply.
    bool has_partial() const;

  private:
    bool take_line(std::string_view line);
    void fail(std::string why);

    std::string buffer_;
    std::size_t consumed_ = 0;
    int code_ = 0;
    int lines_ = 0;
    std::string text_;
    std::string fault_;
    bool failed_ = false;
    std::optional<SmtpReply> ready_;
};

}  // namespace tocsin
