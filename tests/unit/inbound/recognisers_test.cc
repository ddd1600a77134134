// What is near to a report, and none: an ordinary mail must never count against its writer.
#include <doctest/doctest.h>

#include "inbound/report.h"

using namespace tocsin;

namespace {

FeedbackKind kind(const std::string& header, const std::string& text = "Hello\n") {
    return recognise(header + "\n\n" + text).kind;
}

const std::string kAda = "Return-Path: <ada@quay.example>\nFrom: Ada <ada@quay.example>\n";

}  // namespace

TEST_CASE("people may write what mail systems write") {
    CHECK(kind(kAda + "Subject: Undelivered Mail Returned to Sender",
               "This is the mail system at host x.\n<b@x.example>: 550 5.1.1 user unknown\n") ==
          FeedbackKind::kOther);
    CHECK(kind(kAda + "Subject: Re: failure notice",
               "Final-Recipient: rfc822; a@x.example\nAction: failed\nStatus: 5.1.1\n") ==
          FeedbackKind::kOther);
    CHECK(kind(kAda + "Subject: Re: out of office", "When are you back?\n") ==
          FeedbackKind::kOther);
    CHECK(kind(kAda + "Subject: How to unsubscribe from stress") == FeedbackKind::kOther);
    CHECK(kind(kAda + "Subject: Re: Tides", "Please do not unsubscribe me\n") ==
          FeedbackKind::kOther);
    CHECK(kind(kAda + "Subject: Tides", "unsubscribe\n") == FeedbackKind::kOther);
}

TEST_CASE("a newsletter that wants no automatic answers is no automatic answer") {
    CHECK(kind(kAda + "X-Auto-Response-Suppress: All\nSubject: Tides") == FeedbackKind::kOther);
    CHECK(kind(kAda + "Auto-Submitted: auto-generated\nSubject: Your invoice") ==
          FeedbackKind::kOther);
    CHECK(kind(kAda + "Precedence: bulk\nSubject: Tides") == FeedbackKind::kOther);
    CHECK(kind(kAda + "Auto-Submitted: no\nSubject: Tides") == FeedbackKind::kOther);
}

TEST_CASE("a parcel that could not be delivered is no mail") {
    CHECK(kind("Return-Path: <parcels@quay.example>\nFrom: no-reply@quay.example\n"
               "Subject: Delivery failed: your parcel",
               "Your parcel could not be delivered to the following address.\n") ==
          FeedbackKind::kOther);
}

TEST_CASE("what answers for somebody is an automatic answer") {
    CHECK(kind(kAda + "Auto-Submitted: auto-replied (vacation)\nSubject: x") ==
          FeedbackKind::kAutoReply);
    CHECK(kind("Return-Path: <>\nFrom: ada@quay.example\nPrecedence: bulk\nSubject: Thanks") ==
          FeedbackKind::kAutoReply);
    CHECK(kind(kAda + "Subject: [Auto-Reply] Tides") == FeedbackKind::kAutoReply);
    CHECK(kind(kAda + "X-Autorespond: Tides\nSubject: x") == FeedbackKind::kAutoReply);
}

TEST_CASE("somebody who has left answers automatically: the address may be good for others") {
    const Report report = recognise("Return-Path: <>\nAuto-Submitted: auto-replied\n" +
                                    std::string("From: ada@quay.example\nSubject: Re: Tides\n\n") +
                                    "Ada is no longer with us. The account does not exist.\n");
    CHECK(report.kind == FeedbackKind::kAutoReply);
    CHECK(report.bounce == BounceClass::kNone);
}

TEST_CASE("a bounce for a transient reason is never hard") {
    const Report report = recognise(
        "Return-Path: <>\nFrom: MAILER-DAEMON@x.example\nSubject: failure notice\n\n"
        "<a@x.example>: 451 4.1.1 user unknown, for now\n");
    CHECK(report.kind == FeedbackKind::kBounce);
    CHECK(report.bounce == BounceClass::kSoft);
    CHECK(report.status == "4.1.1");
}

TEST_CASE("a bounce whose reason nobody understands is soft") {
    const Report report = recognise(
        "Return-Path: <>\nFrom: MAILER-DAEMON@x.example\nSubject: failure notice\n\nNein.\n");
    CHECK(report.kind == FeedbackKind::kBounce);
    CHECK(report.bounce == BounceClass::kSoft);
    CHECK(report.status.empty());
}

TEST_CASE("texts are cut, and fit one line") {
    const Report report = recognise(
        "Return-Path: <>\nFrom: MAILER-DAEMON@x.example\nSubject: failure notice\n\n550 " +
        std::string(1000, 'a') + "\xc3\xa4\xc3\xa4\x1b[31m\n");
    CHECK(report.kind == FeedbackKind::kBounce);
    CHECK(report.text.size() <= 1000);
    CHECK(report.text.find('\x1b') == std::string::npos);
}

TEST_CASE("a mailing list's software may refuse a mail") {
    CHECK(
        kind("From: harbour-bounces@x.example\nX-List-Administrivia: yes\nList-Id: <h.x.example>\n"
             "Subject: Content filtered message notification",
             "It matched the list's content filtering rules and went nowhere.\n") ==
        FeedbackKind::kBounce);
}
