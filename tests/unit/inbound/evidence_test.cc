#include <doctest/doctest.h>

#include "inbound/recognise/recognisers.h"
#include "inbound/report.h"

using namespace tocsin;
using Texts = std::vector<std::string>;

namespace {

const std::string kToken = "aehkq4dvmf2xg2lun5xgk3tbnvswg33omzuxe3lqnrqw2zldn5xa";
const std::string kReturnPath = "bounces+aeaaaaaaaaaqgb5v2kqx4y.n5xgk3tbnvswg33omzux@b.x.example";

const std::string kReturned = "Return-Path: <" + kReturnPath +
                              ">\n"
                              "Message-ID: <m1@harbour.example>\n"
                              "List-Unsubscribe: <https://u.x.example/u/" +
                              kToken + ">,\n <mailto:unsubscribe+" + kToken +
                              "@x.example>\n"
                              "Subject: Tides\n\nHello\n";

const std::string kBounce = "Return-Path: <>\nFrom: MAILER-DAEMON@quay.example\n";

}  // namespace

TEST_CASE("a mail that is attached proves itself by Message-ID, return path and token") {
    const Report report = recognise(
        kBounce +
        "To: someone@x.example\nContent-Type: multipart/report; boundary=b\n\n--b\n\n550 no\n--b\n"
        "Content-Type: message/rfc822\n\n" +
        kReturned + "\n--b--\n");
    CHECK(report.kind == FeedbackKind::kBounce);
    CHECK(report.message_ids == Texts{"m1@harbour.example"});
    CHECK(report.return_paths == Texts{"someone@x.example", kReturnPath});
    CHECK(report.tokens == Texts{kToken});
}

TEST_CASE("… and so does one that is pasted into the text") {
    const Report report = recognise(kBounce +
                                    "\nThis is the qmail-send program at quay.example.\n"
                                    "<ada@quay.example>:\nno mailbox here (#5.1.1)\n\n"
                                    "--- Below this line is a copy of the message.\n\n" +
                                    kReturned);
    CHECK(report.message_ids == Texts{"m1@harbour.example"});
    CHECK(report.return_paths == Texts{kReturnPath});
    CHECK(report.tokens == Texts{kToken});
}

TEST_CASE("a bounce without the mail is known by where it was delivered to") {
    for (const char* name : {"Delivered-To", "X-Original-To", "Envelope-To", "To"}) {
        CAPTURE(name);
        const Report report =
            recognise(kBounce + name + ": <" + kReturnPath + ">\nSubject: failure notice\n\n");
        CHECK(report.return_paths == Texts{kReturnPath});
    }
}

TEST_CASE("a reply names what it answers") {
    const Report report = recognise(
        "From: ada@quay.example\nIn-Reply-To: <m1@harbour.example>\n"
        "References: <m0@harbour.example> <m1@harbour.example>\n\nThanks\n");
    CHECK(report.kind == FeedbackKind::kOther);
    CHECK(report.message_ids.empty());
    CHECK(report.replied_ids == Texts{"m1@harbour.example", "m0@harbour.example"});
}

TEST_CASE("what somebody quotes or attaches who asks to leave proves nothing") {
    const Report report = recognise(
        "From: mallory@quay.example\nTo: campaigns@harbour.example\nSubject: unsubscribe\n"
        "In-Reply-To: <m1@harbour.example>\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
        "stop\n--b\nContent-Type: message/rfc822\n\n" +
        kReturned + "\n--b--\n");
    CHECK(report.kind == FeedbackKind::kUnsubscribe);
    CHECK(report.tokens.empty());
    CHECK(report.message_ids.empty());
    CHECK(report.replied_ids == Texts{"m1@harbour.example"});
}

TEST_CASE("… but a feedback report that somebody opts out is about the mail that it returns") {
    const Report report = recognise(
        "From: fbl@quay.example\nContent-Type: multipart/report; report-type=feedback-report; "
        "boundary=b\n\n--b\n\nopt-out\n--b\nContent-Type: message/feedback-report\n\n"
        "Feedback-Type: opt-out\n\n--b\nContent-Type: message/rfc822\n\n" +
        kReturned + "\n--b--\n");
    CHECK(report.kind == FeedbackKind::kUnsubscribe);
    CHECK(report.tokens == Texts{kToken});
}

TEST_CASE("a receipt names the mail that was read") {
    const Report report = recognise(
        "From: ada@quay.example\nContent-Type: multipart/report; "
        "report-type=disposition-notification; boundary=b\n\n--b\n\nread\n--b\n"
        "Content-Type: message/disposition-notification\n\n"
        "Original-Message-ID: <m1@harbour.example>\nDisposition: x; displayed\n--b--\n");
    CHECK(report.kind == FeedbackKind::kAutoReply);
    CHECK(report.message_ids == Texts{"m1@harbour.example"});
}

TEST_CASE("an unsubscribe mail brings its token, in any case of letters") {
    std::string upper = kToken;
    for (char& c : upper) c = static_cast<char>(std::toupper(c));
    for (const std::string& token : {kToken, upper}) {
        const Report report =
            recognise("From: ada@quay.example\nTo: unsubscribe+" + token + "@x.example\n\n");
        CHECK(report.kind == FeedbackKind::kUnsubscribe);
        CHECK(report.tokens == Texts{kToken});
    }
}

TEST_CASE("what is not 52 characters of the alphabet is no token") {
    CHECK(tokens_in("x+" + kToken + "@y").size() == 1);
    CHECK(tokens_in(kToken + "a").empty());
    CHECK(tokens_in(kToken.substr(1)).empty());
    CHECK(tokens_in(std::string(52, '1')).empty());
    CHECK(tokens_in("").empty());
}

TEST_CASE("as much as a source hands out of a mail is looked at, and no more") {
    const std::string head = kBounce +
                             "Content-Type: multipart/report; boundary=b\n\n--b\n"
                             "Content-Type: application/zip\n\n";
    const std::string tail =
        "\n--b\nContent-Type: message/rfc822\n\nMessage-ID: <m1@harbour.example>\n\n";
    const std::string filling(kMostOfAMail - head.size() - tail.size(), 'x');
    CHECK(recognise(head + filling + tail).message_ids == Texts{"m1@harbour.example"});
    CHECK(recognise(head + filling + std::string(tail.size(), 'x') + tail).message_ids.empty());
}

TEST_CASE("evidence without end is cut") {
    std::string references;
    for (int i = 0; i < 500; ++i) references += " <m" + std::to_string(i) + "@x.example>\n";
    const Report report = recognise("From: a@x.example\nReferences:\n" + references + "\n");
    CHECK(report.replied_ids.size() == 20);
}
