#include "sink/session.h"

#include <doctest/doctest.h>
#include <string>

using namespace tocsin::bench;

namespace {

const std::string kBegin = "MAIL FROM:<a@one.example>\r\nRCPT TO:<b@two.example>\r\nDATA\r\n";

// The codes of the replies since the last call.
std::string codes(SinkSession& session) {
    std::string found;
    std::string& replies = session.replies();
    for (std::size_t at = 0; at < replies.size(); at = replies.find('\n', at) + 1) {
        if (replies[at + 3] == ' ') found += replies.substr(at, 4);
    }
    replies.clear();
    return found;
}

}  // namespace

TEST_CASE("pipelined mails are answered in order, however the bytes are cut") {
    const std::string wire =
        "EHLO a.example\r\n" + kBegin + "one\r\n.\r\n" + kBegin + "two\r\n.\r\nQUIT\r\n";
    for (std::size_t step = 1; step <= wire.size(); ++step) {
        CAPTURE(step);
        Arrivals arrivals;
        SinkSession session(arrivals, false);
        for (std::size_t at = 0; at < wire.size(); at += step) {
            session.take(std::string_view(wire).substr(at, step), 7);
        }
        CHECK(codes(session) == "220 250 250 250 354 250 250 250 354 250 221 ");
        CHECK(session.ended());
        CHECK(arrivals.summary() ==
              "{\"connections\": 0, \"mails\": 2, \"bytes\": 10, \"first_mail_ns\": 7, "
              "\"first_end_ns\": 7, \"last_end_ns\": 7}");
    }
}

TEST_CASE("commands behind a delayed reply wait for it") {
    Arrivals arrivals;
    SinkSession session(arrivals, true);
    session.take(kBegin + "one\r\n.\r\n" + kBegin, 1);
    CHECK(codes(session) == "220 250 250 354 ");
    CHECK(session.waiting());
    session.answer_end(2);
    CHECK(codes(session) == "250 250 250 354 ");
    CHECK_FALSE(session.waiting());
}

TEST_CASE("commands out of order begin no mail") {
    Arrivals arrivals;
    SinkSession session(arrivals, false);
    session.take("RCPT TO:<b@two.example>\r\nDATA\r\nRSET\r\n" + kBegin.substr(0, 27) + "DATA\r\n",
                 1);
    CHECK(codes(session) == "220 503 503 250 250 503 ");
}
