// One client's dialogue with the sink: bytes in, replies out, no I/O.
//
// Takes any mail. PIPELINING is meant: commands are answered in their order, and those behind an
// end of data wait while its reply is delayed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sink/arrivals.h"
#include "sink/end_of_data.h"

namespace tocsin::bench {

class SinkSession {
  public:
    // With `delayed` an end of data is answered by `answer_end` only.
    SinkSession(Arrivals& arrivals, bool delayed);

    void take(std::string_view bytes, std::int64_t now);
    // The delayed reply, and then whatever waited behind it.
    void answer_end(std::int64_t now);

    // An end of data waits for its reply: nothing more should be read.
    bool waiting() const { return waiting_; }
    // Nothing more comes; close when the replies are out.
    bool ended() const { return ended_; }
    // Replies that are to be sent; the owner removes what it has sent.
    std::string& replies() { return replies_; }

  private:
    // A command, or a part of a mail, off the front of `input`; false where more bytes are needed.
    bool step(std::string_view& input, std::int64_t now);
    bool take_data(std::string_view& input, std::int64_t now);
    void command(std::string_view line, std::int64_t now);
    void mail(std::int64_t now);
    void rcpt(std::string_view argument);
    void data();
    void reset();
    void say(std::string_view reply);

    Arrivals& arrivals_;
    const bool delayed_;
    bool waiting_ = false;
    bool ended_ = false;
    bool has_sender_ = false;
    bool in_data_ = false;
    std::vector<std::uint64_t> recipients_;
    EndOfData end_;
    std::string pending_;
    std::string replies_;
};

}  // namespace tocsin::bench
