#include "inbound/recognise/parsed_mail.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("a mail is taken apart in order") {
    const ParsedMail mail = parse_mail(
        "From a@x.example Mon Mar  2 09:00:05 2026\r\nSubject: =?utf-8?q?M=C3=A4rz?=\r\n"
        "Content-Type: multipart/report; report-type=Delivery-Status; boundary=b\r\n\r\n"
        "--b\r\nContent-Transfer-Encoding: base64\r\n\r\nb3du\r\n"
        "--b\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <a@x>\r\n\r\ninner\r\n--b--\r\n");
    CHECK(mail.mbox_from == "a@x.example");
    CHECK(mail.header.first("subject") == "März");
    REQUIRE(mail.parts.size() == 4);
    CHECK(mail.parts[0].report_type == "delivery-status");
    CHECK(mail.parts[1].text == "own");
    CHECK(mail.parts[1].in_report);
    CHECK(mail.parts[2].message.first("message-id") == "<a@x>");
    CHECK(mail.parts[3].inside == 1);
    CHECK_FALSE(mail.parts[3].in_report);
}

TEST_CASE("a header that is a part of its own is a header of the returned mail") {
    for (const char* type : {"text/rfc822-headers", "message/rfc822-headers", "text/rfc822",
                             "message/global-headers"}) {
        CAPTURE(type);
        const ParsedMail mail = parse_mail("Content-Type: " + std::string(type) +
                                           "\n\nMessage-ID: <a@x>\nSubject: y\n");
        REQUIRE(mail.parts.size() == 1);
        CHECK(mail.parts[0].message.first("message-id") == "<a@x>");
    }
}

TEST_CASE("mails that are none give nothing, and do no harm") {
    for (std::string_view text : {"", "\n\n\n", "From ", "no header", ": x", "\r\r\r"}) {
        CAPTURE(text);
        CHECK(parse_mail(text).parts.size() <= 1);
    }
}

TEST_CASE("parts in parts, and parts without number, are read up to a bound") {
    std::string deep, wide = "Content-Type: multipart/mixed; boundary=b\n\n";
    for (int i = 0; i < 3000; ++i) {
        const std::string n = std::to_string(i);
        deep += "Content-Type: multipart/mixed; boundary=n" + n + "\n\n--n" + n + "\n";
        wide += "--b\n\nx\n";
    }
    CHECK(parse_mail(deep).parts.size() <= 32);
    CHECK(parse_mail(wide).parts.size() == 200);
}

TEST_CASE("a text is read up to a bound") {
    const ParsedMail mail = parse_mail("Subject: x\n\n" + std::string(1 << 20, 'a'));
    REQUIRE(mail.parts.size() == 1);
    CHECK(mail.parts[0].text.size() == 256 << 10);
    CHECK(mail.body.size() == 64 << 10);
}
