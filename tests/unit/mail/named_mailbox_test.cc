#include <doctest/doctest.h>

#include "mail/address.h"

using namespace tocsin;

namespace {

NamedMailbox named(std::string_view text) {
    auto parsed = NamedMailbox::parse(text);
    REQUIRE(std::holds_alternative<NamedMailbox>(parsed));
    return std::get<NamedMailbox>(parsed);
}

std::string fault_of(std::string_view text) {
    auto parsed = NamedMailbox::parse(text);
    auto* fault = std::get_if<Mailbox::Fault>(&parsed);
    return fault != nullptr ? fault->message : "(accepted)";
}

}  // namespace

TEST_CASE("what stands before the last < is the display name") {
    struct Row {
        std::string_view text, name;
    };
    for (const Row& row : {
             Row{"Reem, Mark and the team <c@harbour.example>", "Reem, Mark and the team"},
             Row{"\"Reem, Mark\" <c@harbour.example>", "Reem, Mark"},
             Row{R"("A \"B\" \\ C" <c@harbour.example>)", R"(A "B" \ C)"},
             Row{"a < b <c@harbour.example>", "a < b"},
             Row{"Zoë \"Z\" <c@harbour.example>", "Zoë \"Z\""},
             Row{"<c@harbour.example>", ""},
             Row{"c@harbour.example", ""},
             Row{"  c@harbour.example  ", ""},
             Row{"\"\" <c@harbour.example>", ""},
             Row{"Jo<c@harbour.example>", "Jo"},
         }) {
        CAPTURE(row.text);
        CHECK(named(row.text).name == row.name);
        CHECK(named(row.text).address.wire() == "c@harbour.example");
    }
}

TEST_CASE("a name or bracket that is not finished is a fault") {
    CHECK(fault_of("Jo <c@harbour.example") == "the `<` before the address is never closed by `>`");
    CHECK(fault_of("Jo <c@harbour.example> x") ==
          "the `<` before the address is never closed by `>`");
    CHECK(fault_of("\"Jo <c@harbour.example>") == "the quote before the name is never closed");
    CHECK(fault_of("\"Jo\\\" <c@harbour.example>") == "the quote before the name is never closed");
    CHECK(fault_of("\"Jo\" B <c@harbour.example>") == "text follows the closing quote of the name");
}

TEST_CASE("control characters, bad UTF-8 and endless names are refused") {
    CHECK(fault_of("Jo\r\nBcc: x@y.example <c@harbour.example>") ==
          "it holds a control character, such as a tab or line end");
    CHECK(fault_of(std::string("J\0o <c@harbour.example>", 23)) ==
          "it holds a control character, such as a tab or line end");
    CHECK(fault_of("J\xc3 <c@harbour.example>") == "it is not UTF-8");
    CHECK(fault_of(std::string(1000, 'x') + "<c@harbour.example>") ==
          "it is longer than 1,000 bytes");
}

TEST_CASE("the address inside is checked like any other") {
    CHECK(fault_of("Jo <>") == "it is empty");
    CHECK(fault_of("Jo < c@harbour.example>") == "it holds a space");
    CHECK(fault_of("Jo <c@harbour>") == "the domain has no dot");
    CHECK(fault_of("Reem") == "it has no @");
}

TEST_CASE("a mailbox as people see it") {
    const Mailbox address = Mailbox::from("campaigns@harbour.example");
    CHECK(NamedMailbox{"Reem, Mark", address}.shown() == "Reem, Mark <campaigns@harbour.example>");
    CHECK(NamedMailbox{"", address}.shown() == "campaigns@harbour.example");
}
