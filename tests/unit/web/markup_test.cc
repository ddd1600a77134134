#include "web/markup.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("a mailto names the token where there is one") {
    Mailbox mailbox = Mailbox::from("leave@harbour.example");
    CHECK(mailto_link(mailbox, "") == "mailto:leave@harbour.example?subject=unsubscribe");
    CHECK(mailto_link(mailbox, "abc") == "mailto:leave+abc@harbour.example?subject=unsubscribe");
}

TEST_CASE("characters that end a mailto's address are encoded") {
    CHECK(mailto_link(Mailbox::from("a?b&c=d%e@harbour.example"), "") ==
          "mailto:a%3fb%26c%3dd%25e@harbour.example?subject=unsubscribe");
}

TEST_CASE("a radio button") {
    CHECK(radio(Choice::kPause30, "x", true) ==
          "<label><input type=\"radio\" name=\"choice\" value=\"pause-30\" checked> "
          "<span>x</span></label>\n");
}
