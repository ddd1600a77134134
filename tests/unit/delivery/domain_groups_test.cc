#include "delivery/rates/domain_groups.h"

#include <doctest/doctest.h>

#include "delivery/rates/mailbox_providers.h"
#include "rates_support.h"

using namespace tocsin;

namespace {

std::string group_name(const DomainGroups& groups, std::string_view domain) {
    return groups.name(groups.of(domain));
}

}  // namespace

TEST_CASE("a provider's domains are one group, in whatever country") {
    DomainGroups groups({}, 10);
    auto all = [&](const std::string& group, std::vector<std::string_view> domains) {
        for (std::string_view domain : domains) {
            CAPTURE(domain);
            CHECK(group_name(groups, domain) == group);
        }
    };
    all("google.com", {"gmail.com", "googlemail.com", "google.com"});
    all("yahoodns.net",
        {"yahoo.com", "yahoo.fr", "yahoo.co.uk", "yahoo.com.br", "aol.com", "aol.de", "ymail.com"});
    all("outlook.com", {"outlook.com", "outlook.de", "hotmail.com", "hotmail.co.uk", "live.nl",
                        "live.com.au", "msn.com"});
    all("icloud.com", {"icloud.com", "me.com", "mac.com"});
    all("orange.fr", {"orange.fr", "wanadoo.fr"});
    all("gmx.net", {"gmx.net", "gmx.de", "gmx.at", "web.de"});
}

TEST_CASE("a name that only looks like a provider's is another domain") {
    DomainGroups groups({}, 10);
    for (std::string_view domain :
         {"", "com", "yahoo", "yahoo.", "live.example", "live.mit.edu", "yahoo.co.jp",
          "gmail.com.example", "notgmail.com", "hotmail.co.uk.example", "yahoo.com.", "outlook.org",
          "mail.gmx.net"}) {
        CAPTURE(domain);
        CHECK(groups.of(domain) == kEverybodyElse);
    }
    CHECK(groups.name(kEverybodyElse) == "other domains");
}

TEST_CASE(
    "connections have their defaults, `domains:` overrides, and the transport's are the most") {
    DomainGroups groups(
        {{"hotmail.com", {{}, 8}}, {"icloud.com", {{}, 50}}, {"harbour.example", {{}, 2}}}, 9);
    auto most = [&](std::string_view domain) { return groups.connections(groups.of(domain)); };
    CHECK(most("gmail.com") == 5);
    CHECK(most("yahoo.com") == 9);
    CHECK(most("outlook.com") == 8);
    CHECK(most("me.com") == 9);
    CHECK(most("orange.fr") == 2);
    CHECK(most("gmx.net") == 4);
    CHECK(most("harbour.example") == 2);
    CHECK(most("quay.example") == 9);
    CHECK(DomainGroups({}, 3).connections(groups.of("gmail.com")) == 3);
}

TEST_CASE("an entry for a member is one for its group; of several all hold") {
    Rate five{5, seconds(1)}, hundred{100, minutes(1)};
    DomainGroups groups({{"gmail.com", {{five}, 3}},
                         {"google.com", {{hundred}, 4}},
                         {"quay.example", {{five}, {}}}},
                        10);
    CHECK(groups.rates(groups.of("googlemail.com")) == Rates{five, hundred});
    CHECK(groups.connections(groups.of("gmail.com")) == 3);
    CHECK(groups.rates(groups.of("quay.example")) == Rates{five});
    CHECK(groups.rates(groups.of("hotmail.com")).empty());
    CHECK(groups.rates(kEverybodyElse).empty());
}

TEST_CASE("a domain that throttles gets a group of its own, but not without bound") {
    DomainGroups groups({}, 10);
    CHECK(groups.separate("gmail.com") == groups.of("google.com"));
    GroupId own = groups.separate("quay.example");
    CHECK(own != kEverybodyElse);
    CHECK(groups.of("quay.example") == own);
    CHECK(groups.separate("quay.example") == own);
    CHECK(groups.name(own) == "quay.example");
    for (int i = 0; i < 12000; ++i) groups.separate("d" + std::to_string(i) + ".example");
    CHECK(groups.size() == 1 + mailbox_providers().size() + 10000);
    CHECK(groups.of("d11999.example") == kEverybodyElse);
    CHECK(groups.of("d0.example") != kEverybodyElse);
}
