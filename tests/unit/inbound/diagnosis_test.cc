#include "inbound/recognise/diagnosis.h"

#include <doctest/doctest.h>

using namespace tocsin;

namespace {

std::string told(std::string_view status, std::string_view text) {
    const Diagnosis diagnosis = diagnose(status, text);
    return std::string(name(diagnosis.bounce)) + " " + diagnosis.status;
}

}  // namespace

TEST_CASE("codes that mean one thing count") {
    CHECK(told("5.1.1", "") == "hard 5.1.1");
    CHECK(told("5.2.2", "") == "soft 5.2.2");
    CHECK(told("5.7.26", "") == "policy 5.7.26");
    CHECK(told("5.0.0", "550 5.1.10 null") == "hard 5.1.10");
}

TEST_CASE("words count beside a code that may mean anything") {
    CHECK(told("5.0.0", "550 user unknown") == "hard 5.1.1");
    CHECK(told("5.5.0", "554 mailbox is full") == "soft 5.2.2");
    CHECK(told("5.6.0", "554 this is spam") == "policy 5.7.1");
    CHECK(told("5.7.1", "550 5.7.1 no such mailbox") == "hard 5.1.1");
    CHECK(told("", "Skrzynka jest pełna") == "soft 5.2.2");
    CHECK(told("", "Der Empfänger ist unbekannt") == "hard 5.1.1");
}

TEST_CASE("words about the sender count even beside a clear code") {
    CHECK(told("5.1.1", "550 5.1.1 sender address rejected") == "policy 5.1.1");
    CHECK(told("5.1.3", "553 see spamhaus") == "policy 5.1.3");
    CHECK(told("5.1.1", "550 5.1.1 <us@harbour.example>: unauthorized sender") == "policy 5.1.1");
    CHECK(told("", "they are not accepting mail from us@harbour.example") == "policy 5.7.1");
    CHECK(told("", "news@lists.example is a closed mailing list") == "policy 5.7.1");
}

TEST_CASE("an address in the text says nothing about the reason") {
    CHECK(told("5.1.1", "550 5.1.1 <spamhaus@quay.example> nobody") == "hard 5.1.1");
}

TEST_CASE("where no words are known, the command that was refused tells") {
    CHECK(told("", "550 Nein (in reply to RCPT TO command)") == "hard ");
    CHECK(told("", "550 Nein (in reply to end of DATA command)") == "policy ");
    CHECK(told("", "450 Nein (in reply to RCPT TO command)") == "soft ");
    CHECK(told("", "550 Nein") == "hard ");
    CHECK(told("", "552 Nein") == "soft ");
}

TEST_CASE("a text without code and known word tells nothing") {
    CHECK(told("", "") == " ");
    CHECK(told("", "Lorem ipsum") == " ");
    CHECK(diagnose("", "Lorem ipsum").ground == Ground::kNothing);
}

TEST_CASE("the surer ground is told") {
    CHECK(diagnose("5.1.1", "").ground == Ground::kClear);
    CHECK(diagnose("", "user unknown").ground == Ground::kClear);
    CHECK(diagnose("", "554 Nein").ground == Ground::kHint);
    CHECK(diagnose("", "550 Nein").ground == Ground::kNumber);
}

TEST_CASE("texts are compared without regard to line ends, case and quotes") {
    CHECK(comparable("User\r\n  UNKNOWN") == "user unknown");
    CHECK(comparable("doesn’t\u00a0exist") == "doesn't exist");
    CHECK(comparable("É") == "É");
    CHECK(comparable("").empty());
}
