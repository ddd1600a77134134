#include "inbound/recognise/signs.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

int system_of(std::string_view header) {
    const ParsedMail mail = parse_mail(std::string(header) + "\n\n");
    return from_mail_system(mail, read_notice(mail));
}

bool delayed(std::string_view subject, std::string_view text) {
    const ParsedMail mail =
        parse_mail("Subject: " + std::string(subject) + "\n\n" + std::string(text) + "\n");
    return speaks_of_delay(mail, read_notice(mail));
}

}  // namespace

TEST_CASE("mail systems are known by their accounts") {
    CHECK(system_of("From: Mail Delivery System <MAILER-DAEMON@x.example>") >= 2);
    CHECK(system_of("From: <>") >= 2);
    CHECK(system_of("Return-Path: <MAILER-DAEMON@x.example>\nFrom: a@x.example") >= 2);
    CHECK(system_of("From: a@x.example\nX-Failed-Recipients: b@x.example") >= 2);
    CHECK(system_of("From MAILER-DAEMON Mon Mar  2 09:00:05 2026\nSubject: x") >= 2);
}

TEST_CASE("what programs have in common with replies of programs is no proof") {
    CHECK(system_of("Return-Path: <>\nFrom: a@x.example") == 1);
    CHECK(system_of("Auto-Submitted: auto-replied\nFrom: a@x.example") == 1);
    CHECK(system_of("Return-Path: <>\nAuto-Submitted: auto-replied\nFrom: a@x.example") == 1);
}

TEST_CASE("a program that carries no mail is no mail system, unless it returns one") {
    const std::string header = "From: no-reply@x.example\nSubject: x\n\nhello\n";
    for (const auto& [text, sign] :
         {std::pair(header, 0), {header + "--- Original message follows ---\nTo: a\n", 1}}) {
        const ParsedMail mail = parse_mail(text);
        CHECK(from_mail_system(mail, read_notice(mail)) == sign);
    }
}

TEST_CASE("people and mailing lists are no mail system") {
    CHECK(system_of("Return-Path: <a@x.example>\nFrom: a@x.example") == 0);
    CHECK(system_of("Return-Path: <>\nFrom: a@x.example\nList-Id: <l.x.example>") == 0);
}

TEST_CASE("answers are known in several languages") {
    for (const char* subject : {"Re: x", "RE : x", "AW: x", "Fwd: x", "Antw: x", "Odp: x"}) {
        CAPTURE(subject);
        CHECK(is_answer(subject));
    }
    CHECK_FALSE(is_answer("Returned mail: x"));
    CHECK_FALSE(is_answer(""));
}

TEST_CASE("a delay is one only while nobody has given up") {
    CHECK(delayed("Delayed Mail", "We will keep trying for 5 days"));
    CHECK(delayed("Zustellung verzögert", ""));
    CHECK_FALSE(delayed("Returned mail", "It has been delayed"));
    CHECK_FALSE(delayed("x", "Giving up; we will try again never. No further attempts"));
    CHECK_FALSE(delayed("x", "y"));
}
