#include "mail/smtp_reply.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace tocsin;

namespace {

SmtpReply only_reply(std::string_view bytes) {
    SmtpReplyParser parser;
    parser.feed(bytes);
    auto reply = parser.next();
    REQUIRE(reply);
    CHECK_FALSE(parser.next());
    CHECK_FALSE(parser.failed());
    CHECK_FALSE(parser.has_partial());
    return *reply;
}

std::string fault_of(std::string_view bytes) {
    SmtpReplyParser parser;
    parser.feed(bytes);
    CHECK(parser.failed() == !parser.fault().empty());
    return parser.fault();
}

}  // namespace

TEST_CASE("one line: code, enhanced code and text") {
    SmtpReply reply = only_reply("550 5.1.1 no such user\r\n");
    CHECK(reply.code == 550);
    CHECK(reply.enhanced == "5.1.1");
    CHECK(reply.text == "no such user");
    CHECK(reply.line() == "550 5.1.1 no such user");
    CHECK(reply.permanent());
    CHECK_FALSE(reply.transient());
}

TEST_CASE("the first digit decides what kind of reply it is") {
    CHECK(only_reply("250 ok\r\n").positive());
    CHECK(only_reply("354 go on\r\n").intermediate());
    CHECK(only_reply("421 4.7.0 later\r\n").transient());
    CHECK(only_reply("554 no\r\n").permanent());
}

TEST_CASE("a bare code, a code with a blank, and a bare LF are replies") {
    CHECK(only_reply("250\r\n").line() == "250");
    CHECK(only_reply("250 \r\n").line() == "250");
    CHECK(only_reply("250 ok\n").line() == "250 ok");
}

TEST_CASE("lines of one reply are joined and its repeated enhanced code is told once") {
    SmtpReply reply = only_reply(
        "550-5.7.1 Our system has found\r\n550-5.7.1\r\n550-5.7.1 that this is\r\n"
        "550 5.7.1 unwanted. 12.0.3\r\n");
    CHECK(reply.enhanced == "5.7.1");
    CHECK(reply.text == "Our system has found that this is unwanted. 12.0.3");
    CHECK(only_reply("250-mx.example\r\n250-SIZE 1000\r\n250 8BITMIME\r\n").text ==
          "mx.example SIZE 1000 8BITMIME");
}

TEST_CASE("an enhanced code on a later line, and one of another class, are kept") {
    CHECK(only_reply("450-hello\r\n450 4.2.1 slow down\r\n").line() == "450 4.2.1 hello slow down");
    CHECK(only_reply("450 5.7.1 odd\r\n").enhanced == "5.7.1");
}

TEST_CASE("what only looks like an enhanced code is text") {
    for (auto text : {"3.1.1 x", "5.1 x", "5.1.1111 x", "5..1 x", "5.1.1x", "5.1.1.1", "5.1.1,"}) {
        CAPTURE(text);
        SmtpReply reply = only_reply("550 " + std::string(text) + "\r\n");
        CHECK(reply.enhanced == "");
        CHECK(reply.text == text);
    }
    CHECK(only_reply("550 5.700.999\r\n").enhanced == "5.700.999");
}

TEST_CASE("a stream cut at any byte gives the same replies") {
    const std::string stream = "220 mx.example\r\n250-a\r\n250-b\n250 c\r\n354\r\n550 5.1.1 no\r\n";
    for (std::size_t cut = 0; cut <= stream.size(); ++cut) {
        CAPTURE(cut);
        SmtpReplyParser parser;
        parser.feed(stream.substr(0, cut));
        parser.feed(stream.substr(cut));
        std::string all;
        while (auto reply = parser.next()) all += reply->line() + "\n";
        CHECK(all == "220 mx.example\n250 a b c\n354\n550 5.1.1 no\n");
        CHECK_FALSE(parser.failed());
        CHECK_FALSE(parser.has_partial());
    }
}

TEST_CASE("a reply that has not ended is partial") {
    for (auto bytes : {"2", "250 ok", "250 ok\r", "250-ok\r\n", "250 ok\r\n250-more\r\n25"}) {
        CAPTURE(bytes);
        SmtpReplyParser parser;
        parser.feed(bytes);
        while (parser.next()) continue;
        CHECK(parser.has_partial());
        CHECK_FALSE(parser.failed());
    }
}

TEST_CASE("what is no reply fails, and says so") {
    for (auto bytes :
         {"\r\n", "25\r\n", "25x ok\r\n", "199 low\r\n", "600 high\r\n", "250_ok\r\n",
          "2500 ok\r\n", "250\tok\r\n", " 250 ok\r\n", "+OK pop3\r\n", "HTTP/1.1 400\n"}) {
        CAPTURE(bytes);
        CHECK(fault_of(bytes) == "the server sent a line that is no SMTP reply");
    }
    CHECK(fault_of("250 a\rb\r\n") == "the server sent a CR in the middle of a line");
    CHECK(fault_of("250 a\r\r\n") == "the server sent a CR in the middle of a line");
    CHECK(fault_of("250-a\r\n550 b\r\n") == "the server sent one reply with two codes");
    CHECK(fault_of("250-a\r\nb\r\n") == "the server sent a line that is no SMTP reply");
}

TEST_CASE("an endless line, reply or stream fails") {
    CHECK(fault_of("250 " + std::string(5000, 'x')) == "the server sent a line of more than 4 KiB");
    std::string lines;
    for (int i = 0; i < 201; ++i) lines += "250-x\r\n";
    CHECK(fault_of(lines) == "the server sent a reply of more than 200 lines");
    std::string replies;
    for (int i = 0; i < 1001; ++i) replies += "250\n";
    CHECK(fault_of(replies) == "the server sent replies that nothing asked for");
}

TEST_CASE("failure is for good, but what was whole before it still comes") {
    SmtpReplyParser parser;
    parser.feed("250 queued as 1\r\nrubbish\r\n250 queued as 2\r\n");
    CHECK(parser.failed());
    auto reply = parser.next();
    REQUIRE(reply);
    CHECK(reply->line() == "250 queued as 1");
    parser.feed("250 queued as 3\r\n");
    CHECK_FALSE(parser.next());
    CHECK(parser.failed());
}

TEST_CASE("hostile text becomes harmless text") {
    CHECK(only_reply(std::string("550 a\0b\x1b[31mc\x7f\r\n", 16)).text == "a?b?[31mc?");
    CHECK(only_reply("550 caf\xe9 \xc2\x9b"
                     "31m \xf0\x9f\r\n")
              .text == "caf? ?31m ??");
    CHECK(only_reply("550 a\tb\r\n").text == "a b");
}

TEST_CASE("text is cut at 1,000 bytes and never inside a character") {
    std::string lines;
    for (int i = 0; i < 50; ++i) lines += "550-" + std::string(99, 'x') + "\r\n";
    CHECK(only_reply(lines + "550 end\r\n").text.size() <= 1000);
    std::string umlauts = "x";
    for (int i = 0; i < 800; ++i) umlauts += "ü";
    SmtpReply reply = only_reply("550 " + umlauts + "\r\n");
    CHECK(reply.text.size() == 999);
    CHECK_FALSE(invalid_utf8(reply.text));
}
