#include "mail/address.h"

#include <doctest/doctest.h>
#include <stdexcept>
#include <vector>

using namespace tocsin;

namespace {

std::string fault_of(std::string_view text) {
    auto parsed = Mailbox::parse(text);
    auto* fault = std::get_if<Mailbox::Fault>(&parsed);
    return fault != nullptr ? fault->message : "(accepted)";
}

std::string repeated(std::string_view part, int times) {
    std::string result;
    for (int i = 0; i < times; ++i) result += part;
    return result;
}

}  // namespace

TEST_CASE("a plain address keeps its spelling, and its key is in lower case") {
    Mailbox m = Mailbox::from("William.O'Brien+Action@Harbour.Example");
    CHECK(m.written() == "William.O'Brien+Action@Harbour.Example");
    CHECK(m.local() == "William.O'Brien+Action");
    CHECK(m.domain() == "harbour.example");
    CHECK(m.wire() == "William.O'Brien+Action@harbour.example");
    CHECK(m.key() == "william.o'brien+action@harbour.example");
    CHECK_FALSE(m.needs_smtputf8());
    CHECK(m == Mailbox::from("william.o'brien+action@HARBOUR.EXAMPLE"));
}

TEST_CASE("every character of an atom may stand before the @") {
    CHECK(Mailbox::from("a!#$%&'*+-/=?^_`{|}~9@a.example").local() == "a!#$%&'*+-/=?^_`{|}~9");
}

TEST_CASE("an international domain becomes A-labels, whichever way it is written") {
    for (auto text : {"jo@bücher.example", "jo@BÜCHER.example", "jo@bu\u0308cher.example",
                      "jo@xn--bcher-kva.example", "jo@XN--BCHER-KVA.example"}) {
        CAPTURE(text);
        Mailbox m = Mailbox::from(text);
        CHECK(m.wire() == "jo@xn--bcher-kva.example");
        CHECK(m.key() == "jo@xn--bcher-kva.example");
        CHECK(m.written() == text);
        CHECK_FALSE(m.needs_smtputf8());
    }
}

TEST_CASE("sharp s and joiners are kept, as non-transitional processing demands") {
    CHECK(Mailbox::from("a@faß.example").domain() == "xn--fa-hia.example");
    CHECK(Mailbox::from("a@نامه\u200cای.example").domain() == "xn--mgba3gch31f060k.example");
}

TEST_CASE("full-width letters and ideographic dots are their plain forms in a domain") {
    CHECK(Mailbox::from("a@ｅｘａ。example").domain() == "exa.example");
}

TEST_CASE("a local part beyond ASCII needs SMTPUTF8 and has one key for one spelling") {
    Mailbox composed = Mailbox::from("zo\u00eb@harbour.example");
    Mailbox decomposed = Mailbox::from("zoe\u0308@harbour.example");
    CHECK(composed.needs_smtputf8());
    CHECK(composed.key() == "zo\u00eb@harbour.example");
    CHECK(composed == decomposed);
    CHECK(decomposed.local() == "zoe\u0308");
    CHECK(composed.wire() == "zo\u00eb@harbour.example");
}

TEST_CASE("the key of a local part that normalises into ASCII is in lower case too") {
    CHECK(Mailbox::from("\u00dcN\u00cf@a.example").key() == "\u00fcn\u00ef@a.example");
    CHECK(Mailbox::from("\u212aim@a.example").key() == "kim@a.example");
    CHECK(fault_of("a\u037eb@a.example") == "it holds `;` before the @");
}

TEST_CASE("every fault has its own sentence") {
    struct Row {
        std::string text;
        std::string message;
    };
    const std::string label64 = repeated("a", 64);
    const std::vector<Row> rows = {
        {"", "it is empty"},
        {"jo.example", "it has no @"},
        {"a@b@c.example", "it has more than one @"},
        {"@harbour.example", "there is nothing before the @"},
        {"jo@", "there is nothing after the @"},
        {"jo@localhost", "the domain has no dot"},
        {"jo@harbour.example.", "the domain ends with a dot"},
        {"jo@.example", "the domain starts with a dot"},
        {"jo@a..example", "the domain has two dots in a row"},
        {"jo@[192.0.2.1]", "an IP address in brackets is not supported"},
        {"jo@192.0.2.1", "the domain ends in a number, as an IP address does"},
        {"jo@a_b.example", "the domain holds an underscore, which mail domains cannot have"},
        {"jo@-a.example", "a part of the domain starts or ends with a hyphen"},
        {"jo@a-.example", "a part of the domain starts or ends with a hyphen"},
        {"jo@a,example.org", "the domain holds `,`"},
        {"jo@a.example>", "the domain holds `>`"},
        {"jo@" + label64 + ".example",
         "the domain has a part of more than 63 characters between its dots"},
        {"jo@" + repeated("abcdefghi.", 25) + "example",
         "the domain is longer than 253 characters"},
        {repeated("a", 65) + "@a.example", "the part before the @ is longer than 64 bytes"},
        {repeated("a", 64) + "@" + repeated("abcdefghi.", 18) + "example.or",
         "it is longer than 254 bytes"},
        {".jo@a.example", "it starts with a dot"},
        {"jo.@a.example", "there is a dot right before the @"},
        {"j..o@a.example", "it has two dots in a row before the @"},
        {"j,o@a.example", "it holds `,` before the @"},
        {"<jo@a.example>", "it holds `<` before the @"},
        {"\"jo b\"@a.example", "it holds a space"},
        {"\"jo\"@a.example", "a quoted part before the @ is not supported"},
        {"jo@a.example ", "it holds a space"},
        {"jo@a.example\r\nRCPT TO:<b@b.example>",
         "it holds a control character, such as a tab or line end"},
        {std::string("jo\0@a.example", 13),
         "it holds a control character, such as a tab or line end"},
        {"jo\x7f@a.example", "it holds a control character, such as a tab or line end"},
        {"j\xffo@a.example", "it is not UTF-8 from byte 2"},
        {"jo\u00a0@a.example", "it holds an invisible character (U+00A0)"},
        {"jo@a\u200b.example", "it holds an invisible character (U+200B)"},
        {"\u202ejo@a.example", "it holds an invisible character (U+202E)"},
        {"jo\u0085@a.example", "it holds an invisible character (U+0085)"},
        {"jo\u2028@a.example", "it holds an invisible character (U+2028)"},
        {repeated("x", 321), "it is longer than any address can be"},
    };
    for (const auto& row : rows) {
        CAPTURE(row.text);
        CHECK(fault_of(row.text) == row.message);
    }
}

TEST_CASE("what international domain processing refuses is a fault") {
    for (auto text : {"jo@xn--.example", "jo@xn--a.example", "jo@xn--zzzzzz99.example",
                      "jo@\U0001F4A9.example", "jo@ab--\u00fc.example", "jo@-\u00fc.example"}) {
        CAPTURE(text);
        CHECK(fault_of(text).starts_with("the domain is no international domain name: "));
    }
}

TEST_CASE("characters that turn into forbidden ones are not dropped") {
    CHECK(fault_of("jo@\u2100.example") == "the domain holds `/`");
    CHECK(fault_of("jo@a\uff20b.example") == "the domain holds `@`");
    CHECK(fault_of("jo@a_\u00fc.example") != "(accepted)");
}

TEST_CASE("the longest parts are accepted") {
    std::string local = repeated("l", 64);
    std::string label = repeated("d", 63);
    CHECK(Mailbox::from(local + "@" + label + ".example").wire().size() == 64 + 1 + 63 + 8);
    std::string domain = label + "." + label + "." + repeated("d", 53) + ".example";
    CHECK(Mailbox::from(local + "@" + domain).wire().size() == 254);
}

TEST_CASE("Mailbox::from throws on a fault") {
    CHECK_THROWS_AS(Mailbox::from("nobody"), std::invalid_argument);
}
