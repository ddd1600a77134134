// One SMTP reply: RFC 5321 section 4.2, enhanced codes RFC 3463. Pure: bytes in, values out.
#pragma once

#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace tocsin {

struct SmtpReply {
    int code = 0;          // 200 to 599
    std::string enhanced;  // "5.1.1", or empty
    // All lines joined by a space, without the enhanced code; valid UTF-8 in which control and
    // other bytes are replaced by `?`; at most 1,000 bytes.
    std::string text;

    bool positive() const { return code >= 200 && code < 300; }
    bool intermediate() const { return code >= 300 && code < 400; }
    bool transient() const { return code >= 400 && code < 500; }
    bool permanent() const { return code >= 500; }
    // "550 5.1.1 no such user"
    std::string line() const;
};

// What others wrote, as `SmtpReply::text` holds it.
std::string reply_text(std::string_view bytes);

// Cuts replies out of a stream of bytes. Bounded: a line over 4 KiB, more than 200 lines in one
// reply, a line that is no reply, a CR that ends no line, lines of one reply with different codes,
// or more than 1,000 replies that nobody took put it into the failed state for good: the connection
// is then destroyed, because nothing after that can be attributed. A bare LF is taken for CR LF.
class SmtpReplyParser {
  public:
    void feed(std::string_view bytes);
    // The next whole reply, in order of arrival, or nothing yet. Replies that were whole before a
    // fault still come: take them before asking `failed`.
    std::optional<SmtpReply> next();
    bool failed() const { return !fault_.empty(); }
    // What was wrong, for people; empty unless failed.
    const std::string& fault() const { return fault_; }
    // Bytes have come that belong to no whole reply.
    bool has_partial() const { return lines_ > 0 || !line_.empty(); }

  private:
    void take_line(std::string_view line);
    void finish_reply();

    std::string line_;  // the start of a line whose end has not come
    SmtpReply reply_;   // made of the lines so far
    int lines_ = 0;
    std::deque<SmtpReply> ready_;
    std::string fault_;
};

}  // namespace tocsin
