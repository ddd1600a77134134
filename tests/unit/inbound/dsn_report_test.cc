#include <doctest/doctest.h>

#include "unit/inbound/support.h"

using namespace tocsin;

namespace {

std::string report(const std::string& fields, const std::string& text = "Hello") {
    return said(
        as_status_notification,
        "From: MAILER-DAEMON@quay.example\nContent-Type: multipart/report; boundary=b\n\n--b\n\n" +
            text + "\n--b\nContent-Type: message/delivery-status\n\n" +
            "Final-Recipient: rfc822; ada@quay.example\n" + fields + "\n--b--\n");
}

}  // namespace

TEST_CASE("only what failed has bounced") {
    CHECK(report("Action: failed\nStatus: 5.1.1\n") == "bounce hard 5.1.1 ada@quay.example");
    CHECK(report("Action: failure\nStatus: 5.1.1\n") == "bounce hard 5.1.1 ada@quay.example");
    CHECK(report("Action: delayed\nStatus: 4.2.2\n") == "delay soft 4.2.2 ada@quay.example");
    for (const char* action : {"delivered", "relayed", "expanded"}) {
        CAPTURE(std::string(action));
        CHECK(report("Action: " + std::string(action) + "\nStatus: 2.0.0\n") ==
              "other 2.0.0 ada@quay.example");
    }
}

TEST_CASE("without an action the status and the words tell") {
    CHECK(report("Status: 5.1.1\n") == "bounce hard 5.1.1 ada@quay.example");
    CHECK(report("Status: 2.1.5\n") == "other 2.1.5 ada@quay.example");
    CHECK(report("Status: 4.4.1\n", "We will keep trying") == "delay soft 4.4.1 ada@quay.example");
}

TEST_CASE("the server's words come before the report's, and these before nothing") {
    CHECK(report("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 no such user\n",
                 "The mailbox is full") == "bounce hard 5.1.1 ada@quay.example");
    CHECK(report("Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550 Nein\n",
                 "The mailbox is full") == "bounce soft 5.2.2 ada@quay.example");
}

TEST_CASE("a status part is a report only from a mail system or in a report") {
    const std::string part =
        "Content-Type: message/delivery-status\n\nFinal-Recipient: rfc822; ada@quay.example\n"
        "Action: failed\nStatus: 5.1.1\n";
    CHECK(said(as_status_notification, part) == "bounce hard 5.1.1 ada@quay.example");
    CHECK(said(as_status_notification,
               "From: bob@quay.example\nContent-Type: multipart/mixed; "
               "boundary=b\n\n--b\n\nLook\n--b\n" +
                   part + "--b--\n") == "nothing");
    CHECK(said(as_status_notification,
               "From: MAILER-DAEMON@quay.example\nContent-Type: "
               "message/rfc822\n\n" +
                   part) == "nothing");
}
