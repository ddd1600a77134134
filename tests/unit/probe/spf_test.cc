#include "probe/spf.h"

#include <doctest/doctest.h>

#include "made_up_dns.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

DnsVerdict probe(std::vector<std::string> records) {
    MadeUpDns dns;
    dns.txts["b.harbour.test"] = MadeUpDns::found(std::move(records));
    dns.txts["relay.test"] = MadeUpDns::found({"v=spf1 ip4:192.0.2.0/24 +all"});
    return probe_spf(dns, "b.harbour.test");
}

}  // namespace

TEST_CASE("one sound SPF record among other texts is fine") {
    DnsVerdict verdict = probe({"google-site-verification=x", "v=spf10 no",
                                "v=spf1 a mx/24 a:mail.harbour.test//64 ip6:2001:db8::/32 "
                                "include:relay.test exp=why.test -all"});
    CHECK(remarks(verdict).empty());
    CHECK(!verdict.unknown);
    CHECK(verdict.rule == "dns-spf");
    CHECK(verdict.name == "b.harbour.test");
    CHECK(verdict.records.size() == 1);
}

TEST_CASE("no SPF record, and too many") {
    CHECK(remarks(probe({"something else"})) == "`b.harbour.test` has no SPF record\n");
    CHECK(remarks(probe({"v=spf1 -all", "V=SPF1 ~all"})) ==
          "`b.harbour.test` has 2 SPF records, and receivers then count none\n");
    MadeUpDns empty;
    CHECK(remarks(probe_spf(empty, "x.test")) == "`x.test` has no SPF record\n");
}

TEST_CASE("a record that lets everybody send, in both spellings") {
    for (const char* record : {"v=spf1 +all", "v=spf1 a ALL"}) {
        CHECK(remarks(probe({record})) ==
              "the SPF record of `b.harbour.test` lets everybody send (`+all`)\n");
    }
    CHECK(remarks(probe({"v=spf1 ?all"})).empty());
}

TEST_CASE("a mechanism that SPF does not know spoils the record") {
    CHECK(remarks(probe({"v=spf1 inlcude:relay.test -all"})).find("`inlcude`") !=
          std::string::npos);
}

TEST_CASE("an include of a domain without a record spoils it too") {
    CHECK(remarks(probe({"v=spf1 include:gone.test -all"})) ==
          "the SPF record of `b.harbour.test` includes that of `gone.test`, which has none: "
          "receivers then count it for nothing\n");
    CHECK(remarks(probe({"v=spf1 include:%{d}.gone.test -all"})).empty());
    CHECK(!remarks(probe({"v=spf1 redirect=gone.test"})).empty());
}

TEST_CASE("look-ups are counted through includes, and a ring ends") {
    MadeUpDns dns;
    dns.txts["a.test"] = MadeUpDns::found({"v=spf1 a mx include:b.test -all"});
    dns.txts["b.test"] = MadeUpDns::found({"v=spf1 a mx ptr exists:x.test a:1.test a:2.test -all"});
    CHECK(remarks(probe_spf(dns, "a.test")).empty());  // 9
    dns.txts["a.test"] = MadeUpDns::found({"v=spf1 a mx a:3.test a:4.test include:b.test -all"});
    CHECK(remarks(probe_spf(dns, "a.test")).find("more than 10 look-ups") != std::string::npos);

    dns.txts["a.test"] = MadeUpDns::found({"v=spf1 include:a.test -all"});
    CHECK(remarks(probe_spf(dns, "a.test")).find("more than 10 look-ups") != std::string::npos);
}

TEST_CASE("what could not be asked is not called missing") {
    MadeUpDns dns;
    dns.txts["a.test"] = MadeUpDns::silence();
    DnsVerdict verdict = probe_spf(dns, "a.test");
    CHECK(verdict.unknown);
    CHECK(remarks(verdict) ==
          "the SPF record of `a.test` could not be asked for: no name server answered\n");

    dns.txts["a.test"] = MadeUpDns::found({"v=spf1 include:b.test -all"});
    dns.txts["b.test"] = MadeUpDns::silence();
    verdict = probe_spf(dns, "a.test");
    CHECK(verdict.unknown);
    CHECK(remarks(verdict).find("includes, could not be asked for") != std::string::npos);
}
