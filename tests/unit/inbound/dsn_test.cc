#include "inbound/recognise/dsn.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

std::string told(std::string_view text) {
    std::string all;
    for (const DsnRecipient& r : dsn_recipients(text)) {
        all += r.address + "|" + r.action + "|" + r.status + "|" + r.diagnostic + "\n";
    }
    return all;
}

}  // namespace

TEST_CASE("each recipient of a status notification is read") {
    CHECK(told("Reporting-MTA: dns; mx.example\n\n"
               "Original-Recipient: rfc822;Ada@x.example\nFinal-Recipient: rfc822; a@y.example\n"
               "Action: Failed (for good)\nStatus: 5.1.1 (nobody)\n"
               "Diagnostic-Code: smtp; 550 5.1.1\n  nobody\n\n"
               "Final-Recipient: rfc822; b@y.example\nAction: delayed\nStatus: 4.4.1\n") ==
          "Ada@x.example|failed|5.1.1|550 5.1.1 nobody\nb@y.example|delayed|4.4.1|\n");
}

TEST_CASE("recipients are told apart without blank lines, and with too many") {
    const char* expected = "a@x.example|failed|5.1.1|\nb@x.example|failed|5.2.2|\n";
    CHECK(told("Final-Recipient: rfc822;a@x.example\nAction: failed\nStatus: 5.1.1\n"
               "Final-Recipient: rfc822;b@x.example\nAction: failed\nStatus: 5.2.2\n") == expected);
    CHECK(told("Final-Recipient: rfc822;a@x.example\n\nAction: failed\n\nStatus: 5.1.1\n\n"
               "Final-Recipient: rfc822;b@x.example\n\nAction: failed\n\nStatus: 5.2.2\n") ==
          expected);
}

TEST_CASE("the order of fields in a group does not matter") {
    CHECK(
        told("Diagnostic-Code: smtp; 550 no\nStatus: 5.1.1\nFinal-Recipient: rfc822; a@x.example\n"
             "Action: failed\n") == "a@x.example|failed|5.1.1|550 no\n");
    CHECK(told("Action: failed\nFinal-Recipient: rfc822; a@x.example\n"
               "Original-Recipient: rfc822; c@x.example\nStatus: 5.1.1\n") ==
          "c@x.example|failed|5.1.1|\n");
}

TEST_CASE("addresses come bare") {
    CHECK(told("Final-Recipient: rfc822;<a@x.example>\nStatus: 5.1.1\n") ==
          "a@x.example||5.1.1|\n");
    CHECK(told("Final-Recipient: a@x.example\nStatus: 5.1.1\n") == "a@x.example||5.1.1|\n");
    CHECK(told("Original-Recipient: rfc822;unknown\nFinal-Recipient: utf-8; jörg@x.example\n") ==
          "jörg@x.example|||\n");
}

TEST_CASE("who failed tells more than who waits, and that more than who has it") {
    const auto recipients = dsn_recipients(
        "Final-Recipient: rfc822;a@x.example\nAction: delivered\n\n"
        "Final-Recipient: rfc822;b@x.example\nAction: delayed\n\n"
        "Final-Recipient: rfc822;c@x.example\nAction: failed\n");
    REQUIRE(recipients.size() == 3);
    CHECK(telling(recipients)->address == "c@x.example");
    CHECK(telling({recipients[0], recipients[1]})->address == "b@x.example");
    CHECK(telling({recipients[0]})->address == "a@x.example");
    CHECK(telling({}) == nullptr);
}

TEST_CASE("only a recipient and a verdict make a text a status notification") {
    CHECK(looks_like_dsn("Final-Recipient: rfc822; a@x.example\nAction: failed\n"));
    CHECK_FALSE(looks_like_dsn("> Final-Recipient: rfc822; a@x.example\n> Action: failed\n"));
    CHECK_FALSE(looks_like_dsn("Status: all is well\n"));
    CHECK(dsn_recipients("").empty());
    CHECK(dsn_recipients("Reporting-MTA: dns; x\n").empty());
}

TEST_CASE("a notification of a million recipients takes bounded memory") {
    std::string text;
    for (int i = 0; i < 5000; ++i) text += "Final-Recipient: rfc822;a@x.example\nStatus: 5.1.1\n\n";
    CHECK(dsn_recipients(text).size() == 1000);
}
