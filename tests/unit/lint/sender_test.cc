#include "lint/sender.h"

#include <doctest/doctest.h>

using namespace tocsin;

TEST_CASE("sender: addresses that nobody reads") {
    for (const char* address :
         {"no-reply@commonway.example", "noreply@commonway.example", "NoReply@commonway.example",
          "do-not-reply@commonway.example", "do_not_reply@commonway.example",
          "no.reply@commonway.example", "noreply-campaigns@commonway.example",
          "noreply+alerts@commonway.example", "nicht-antworten@commonway.example",
          "ne-pas-repondre@commonway.example", "no-responder@commonway.example"}) {
        CAPTURE(std::string(address));
        CHECK(is_no_reply(Mailbox::from(address)));
    }
    for (const char* address :
         {"hello@commonway.example", "reply@commonway.example", "nora@noreply.example",
          "norbert.replyson@commonway.example", "donote@commonway.example"}) {
        CAPTURE(std::string(address));
        CHECK_FALSE(is_no_reply(Mailbox::from(address)));
    }
}

TEST_CASE("sender: freemail domains, in every country") {
    for (const char* domain :
         {"gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.uk", "yahoo.com.br", "yahoo.co.jp",
          "outlook.com", "hotmail.com", "hotmail.fr", "live.nl", "aol.com", "icloud.com", "gmx.de",
          "gmx.net", "web.de", "mail.ru", "t-online.de"}) {
        CAPTURE(std::string(domain));
        CHECK(is_freemail(domain));
    }
    for (const char* domain :
         {"commonway.example", "live.commonway.example", "gmx.example", "yahoo.org.example",
          "mygmail.com", "mail.commonway.example", "live.theatre", "yahoo"}) {
        CAPTURE(std::string(domain));
        CHECK_FALSE(is_freemail(domain));
    }
}
