#include "delivery/probe_sender.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "small_campaign.h"
#include "unit/probe/made_up_dns.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

struct Fixture {
    Workspace workspace;
    Campaign campaign = small_campaign();
    LintIgnore ignore;
    Findings findings;
    MadeUpDns dns;

    Fixture() {
        workspace.default_transport = "relay";
        workspace.transports["relay"] = {"relay", {"tocsin.yaml", 9, 3}, SmtpSettings{}};
    }

    std::vector<DnsVerdict> probe() {
        LintReport report(ignore, findings);
        return probe_sender(dns, workspace, campaign, report);
    }

    // "dns-mx campaigns/alert.yaml:2"
    std::vector<std::string> reported() const {
        std::vector<std::string> all;
        for (const Finding& found : findings.all()) {
            all.push_back(found.id + " " + found.place.file + ":" +
                          std::to_string(found.place.line));
        }
        return all;
    }

    bool asked(const std::string& name) const {
        return std::ranges::find(dns.asked, name) != dns.asked.end();
    }
};

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE_FIXTURE(Fixture, "the sender's domain is asked about where it is all that is known") {
    auto verdicts = probe();
    REQUIRE(verdicts.size() == 3);
    CHECK(reported() == Texts{"dns-spf campaigns/alert.yaml:2", "dns-dmarc campaigns/alert.yaml:2",
                              "dns-mx campaigns/alert.yaml:2"});
    CHECK(findings.all()[0].excerpt == "from: x");
}

TEST_CASE_FIXTURE(Fixture, "what tocsin.yaml names is reported there, each domain once") {
    workspace.bounce_address = Mailbox::from("bounces@b.harbour.example");
    workspace.unsubscribe.mailto = Mailbox::from("leave@harbour.example");
    campaign.reply_to = std::get<NamedMailbox>(NamedMailbox::parse("hello@other.example"));
    campaign.reply_to_place = {"campaigns/alert.yaml", 1, 1};
    workspace.transports["relay"].dkim.push_back(
        {"harbour.example", "s1", {SecretSource::Kind::kFile, "missing.pem"}});
    probe();
    CHECK(reported() == Texts{"dns-spf tocsin.yaml:0", "dns-dkim tocsin.yaml:9",
                              "dns-dmarc campaigns/alert.yaml:2", "dns-mx campaigns/alert.yaml:2",
                              "dns-mx campaigns/alert.yaml:1", "dns-mx tocsin.yaml:0"});
    CHECK(asked("s1._domainkey.harbour.example"));
    CHECK(asked("b.harbour.example"));
}

TEST_CASE_FIXTURE(Fixture, "every key of a transport is reported, at its one place") {
    for (const char* selector : {"s1", "s2"}) {
        workspace.transports["relay"].dkim.push_back(
            {"harbour.example", selector, {SecretSource::Kind::kFile, "missing.pem"}});
    }
    ignore = {"dns-spf", "dns-mx", "dns-dmarc"};
    probe();
    REQUIRE(findings.all().size() == 1);
    CHECK(findings.all()[0].message ==
          "there is no DKIM key at `s1._domainkey.harbour.example`; there is no DKIM key at "
          "`s2._domainkey.harbour.example`");
}

TEST_CASE_FIXTURE(Fixture, "of a provider's return paths nothing is asked") {
    workspace.transports["relay"].settings = ProviderSettings{};
    auto verdicts = probe();
    REQUIRE(verdicts.size() == 3);
    CHECK(verdicts[0].rule == "dns-spf");
    CHECK(!verdicts[0].note.empty());
    CHECK(reported() == Texts{"dns-dmarc campaigns/alert.yaml:2", "dns-mx campaigns/alert.yaml:2"});
}

TEST_CASE_FIXTURE(Fixture, "a campaign without a transport is asked about all the same") {
    workspace.default_transport = "";
    CHECK(probe().size() == 3);
}

TEST_CASE_FIXTURE(Fixture, "ignored rules are asked for, and not reported") {
    ignore = {"dns-spf", "dns-mx"};
    CHECK(probe().size() == 3);
    CHECK(reported() == Texts{"dns-dmarc campaigns/alert.yaml:2"});
}
