#include <doctest/doctest.h>

#include "unit/inbound/support.h"

using namespace tocsin;

namespace {

std::string feedback(const std::string& fields,
                     const std::string& type = "message/feedback-report") {
    return "From: fbl@quay.example\nContent-Type: multipart/report; report-type=feedback-report; "
           "boundary=b\n\n--b\n\nA report.\n--b\nContent-Type: " +
           type + "\n\n" + fields + "\n--b--\n";
}

std::string attached(const std::string& header, const std::string& text, const std::string& inner) {
    return header + "\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n" + text +
           "\n--b\nContent-Type: message/rfc822\n\n" + inner + "\n\nx\n--b--\n";
}

}  // namespace

TEST_CASE("the type of a feedback report tells a complaint from other news") {
    for (const char* type : {"abuse", "Abuse", "fraud", "virus"}) {
        CAPTURE(std::string(type));
        CHECK(said(as_complaint, feedback("Feedback-Type: " + std::string(type) + "\n")) ==
              "complaint");
    }
    CHECK(said(as_complaint, feedback("Feedback-Type: opt-out\n")) == "unsubscribe");
    for (const char* type : {"not-spam", "auth-failure", "dmarc", "other", "x-new"}) {
        CAPTURE(std::string(type));
        CHECK(said(as_complaint, feedback("Feedback-Type: " + std::string(type) + "\n")) ==
              "other");
    }
}

TEST_CASE(
    "a feedback report is known under a wrong type of content, and without a type of its own") {
    CHECK(said(as_complaint, feedback("Feedback-Type: abuse\n", "text/plain")) == "complaint");
    CHECK(said(as_complaint, feedback("User-Agent: x\n")) == "complaint");
}

TEST_CASE("a feedback report names its recipient, unless that is hidden") {
    CHECK(said(as_complaint,
               feedback("Feedback-Type: abuse\nOriginal-Rcpt-To: <ada@quay.example>\n")) ==
          "complaint ada@quay.example");
    CHECK(said(as_complaint, feedback("Feedback-Type: abuse\nOriginal-Rcpt-To: redacted\n")) ==
          "complaint");
}

TEST_CASE("a feedback report that somebody forwards is none") {
    CHECK(said(as_complaint, attached("From: ada@quay.example\nSubject: Fwd: x", "Look.",
                                      feedback("Feedback-Type: abuse\n"))) == "nothing");
}

TEST_CASE("Microsoft reports a mail by attaching it, or as it was") {
    const std::string inner = "X-HmXmrOriginalRecipient: ada@quay.example\nSubject: Tides";
    CHECK(said(as_complaint, attached("From: staff@hotmail.example\nSubject: x", "", inner)) ==
          "complaint ada@quay.example");
    CHECK(said(as_complaint, inner + "\n\nHello\n") == "complaint ada@quay.example");
    CHECK(said(as_complaint, attached("From: bob@quay.example\nSubject: Fwd: x", "Look", inner)) ==
          "nothing");
}

TEST_CASE("an X-ARF report counts if it is of spam") {
    const std::string header = "X-XARF: PLAIN\nFrom: abuse@quay.example\n";
    CHECK(said(as_complaint, header + "\nReport-Type: spam\n") == "complaint");
    CHECK(said(as_complaint, header + "\n{\"ReportType\": \"Spam\"}\n") == "complaint");
    CHECK(said(as_complaint, header + "\nReport-Type: login-attack\n") == "other");
}

TEST_CASE("words about spam need the mail that they are about") {
    const std::string words = "A user has complained about this mail.";
    CHECK(said(as_complaint, attached("From: abuse@quay.example\nSubject: x", words,
                                      "Subject: y")) == "complaint");
    CHECK(said(as_complaint, "From: abuse@quay.example\nSubject: x\n\n" + words + "\n") ==
          "nothing");
}
