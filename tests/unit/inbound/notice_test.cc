#include "inbound/recognise/notice.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace tocsin;

namespace {

Notice notice_of(std::string_view body) {
    return read_notice(parse_mail("Subject: x\n\n" + std::string(body)));
}

}  // namespace

TEST_CASE("what stands behind the line of a returned mail is not the report's own") {
    for (const char* line :
         {"--- Below this line is a copy of the message.",
          "   ----- Original message follows -----",
          "------ This is a copy of the message, including all the headers. ------",
          "Original message follows.", "Return-Path: <a@x.example>", "Received: from x by y",
          "Original message headers:", "----- Ursprüngliche Nachricht -----"}) {
        CAPTURE(line);
        const Notice notice = notice_of("own\n" + std::string(line) + "\nMessage-ID: <a@x>\n");
        CHECK(trim(notice.text) == "own");
        CHECK(notice.returned.find("<a@x>") != std::string::npos);
    }
}

TEST_CASE("a sentence about the original message is no such line") {
    const Notice notice = notice_of("The original message was received at noon\nown\n");
    CHECK(notice.text == "The original message was received at noon\nown\n");
    CHECK(notice.returned.empty());
}

TEST_CASE("quotes are not own words, transcripts are") {
    CHECK(notice_of("a\n> quoted\n>quoted\n>>> RCPT TO:<b>\n<<< 550 c\n").text ==
          "a\n>>> RCPT TO:<b>\n<<< 550 c\n");
}

TEST_CASE("HTML is read only where there is no plain text") {
    const std::string html = "Content-Type: text/html\n\n<p>page</p>";
    CHECK(trim(read_notice(parse_mail(html)).text) == "page");
    const std::string both =
        "Content-Type: multipart/alternative; boundary=b\n\n--b\n\nplain\n--b\n" + html +
        "\n--b--\n";
    CHECK(trim(read_notice(parse_mail(both)).text) == "plain");
}

TEST_CASE("the text of a mail inside is not own") {
    const std::string mail =
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nown\n--b\n"
        "Content-Type: message/rfc822\n\nSubject: y\n\nforeign\n--b--\n";
    CHECK(trim(read_notice(parse_mail(mail)).text) == "own");
}

TEST_CASE("the lines that tell start with a failing code") {
    CHECK(telling_lines("hello\n  550 5.1.1 no\n  such user\n\nbye 450\n") ==
          "550 5.1.1 no such user ");
    CHECK(telling_lines("250 2.0.0 fine\n") == "");
    CHECK(telling_lines("") == "");
}
