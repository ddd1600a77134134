#include <doctest/doctest.h>

#include "unit/inbound/support.h"

using namespace tocsin;

namespace {

std::string of(const std::string& header, const std::string& text) {
    return said(as_text_bounce, header + "\n\n" + text + "\n");
}

const std::string kDaemon = "From: MAILER-DAEMON@x.example\nTo: bounces@b.harbour.example";

}  // namespace

TEST_CASE("the words of a mail system tell whom and why") {
    CHECK(of(kDaemon, "Could not be delivered:\n<ada@quay.example>: mailbox is full") ==
          "bounce soft 5.2.2 ada@quay.example");
    CHECK(of(kDaemon, "ada@quay.example\n  550 5.1.1 gone") ==
          "bounce hard 5.1.1 ada@quay.example");
    CHECK(of(kDaemon + "\nSubject: Warning",
             "Delayed: we will keep trying to reach ada@quay.example") == "delay ada@quay.example");
}

TEST_CASE("the address that it is written to, and the postmaster's, are not whom it is about") {
    CHECK(of(kDaemon,
             "Hi bounces@b.harbour.example, ask postmaster@x.example.\n"
             "ada@quay.example is an unknown user; undeliverable") ==
          "bounce hard 5.1.1 ada@quay.example");
    CHECK(of(kDaemon + "\nX-Failed-Recipients: bob@quay.example",
             "ada@quay.example: user unknown") == "bounce hard 5.1.1 bob@quay.example");
}

TEST_CASE("a mail system's mail about nothing is no bounce") {
    CHECK(of(kDaemon + "\nSubject: Statistics", "All is well") == "nothing");
    CHECK(of("From: postmaster@x.example\nSubject: Quarantine",
             "Three messages: one was blocked") == "nothing");
}

TEST_CASE("who is perhaps a program must say more") {
    const std::string program = "Return-Path: <>\nFrom: ada@quay.example";
    CHECK(of(program + "\nSubject: Tides", "It could not be delivered") == "nothing");
    CHECK(of(program + "\nSubject: Undeliverable: Tides", "It could not be delivered") == "bounce");
    CHECK(of(program + "\nSubject: Re: Undeliverable", "It could not be delivered, 550 gone") ==
          "nothing");
}

TEST_CASE("people are never believed") {
    CHECK(of("Return-Path: <a@x.example>\nFrom: a@x.example\nSubject: Undeliverable",
             "This is the qmail-send program.\n<ada@quay.example>: 550 5.1.1 user unknown") ==
          "nothing");
}
