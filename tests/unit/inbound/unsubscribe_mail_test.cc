#include <doctest/doctest.h>

#include "unit/inbound/support.h"

using namespace tocsin;

namespace {

const std::string kToken = "aehkq4dvmf2xg2lun5xgk3tbnvswg33omzuxe3lqnrqw2zldn5xa";

std::string request(const std::string& header, const std::string& text = "") {
    return said(as_unsubscribe_request, "From: ada@quay.example\n" + header + "\n\n" + text + "\n");
}

}  // namespace

TEST_CASE("a mail to an address with a token asks to leave") {
    for (const char* name : {"To", "Delivered-To", "X-Original-To", "Envelope-To", "Cc"}) {
        CAPTURE(std::string(name));
        CHECK(said(as_unsubscribe, "From: ada@quay.example\n" + std::string(name) +
                                       ": <unsubscribe+" + kToken + "@x.example>\n\n") ==
              "unsubscribe ada@quay.example");
    }
}

TEST_CASE("a mail that has a token anywhere else does not") {
    for (const std::string& header :
         {"To: " + kToken + "@x.example", "To: unsubscribe+" + kToken + "a@x.example",
          "To: unsubscribe+" + kToken.substr(1) + "@x.example",
          "Subject: unsubscribe+" + kToken + "@x",
          "To: a@x.example\nReply-To: unsubscribe+" + kToken + "@x.example"}) {
        CAPTURE(header);
        CHECK(said(as_unsubscribe, header + "\n\n") == "nothing");
    }
}

TEST_CASE("a subject that asks to leave, in many languages") {
    for (const char* subject :
         {"unsubscribe", "UNSUBSCRIBE!", "Please unsubscribe me.", "Abmelden", "désinscription",
          "Darme de baja", "Disiscrizione", "Uitschrijven", "Wypisz", "отписаться", "配信停止"}) {
        CAPTURE(std::string(subject));
        CHECK(request("Subject: " + std::string(subject)) == "unsubscribe ada@quay.example");
    }
}

TEST_CASE("a reply asks to leave with its first line") {
    CHECK(request("Subject: Re: Tides", "\nUnsubscribe, please\n") == "nothing");
    CHECK(request("Subject: Re: Tides", "\nPlease unsubscribe me!\n\n> Tides") ==
          "unsubscribe ada@quay.example");
    CHECK(request("Subject: Re: Tides", "> unsubscribe\nThanks") == "nothing");
    CHECK(request("Subject: Tides", "unsubscribe") == "nothing");
}

TEST_CASE("a list's mail and a mail system's do not ask to leave") {
    CHECK(request("Subject: unsubscribe\nList-Id: <l.x.example>") == "nothing");
    CHECK(request("Return-Path: <MAILER-DAEMON@x.example>\nSubject: unsubscribe") == "nothing");
    CHECK(request("Subject: How to unsubscribe") == "nothing");
}
