#include "probe/mx.h"

#include <doctest/doctest.h>

#include "made_up_dns.h"

using namespace tocsin;
using namespace tocsin::test;

TEST_CASE("a domain with a mail server, or at least an address, takes mail") {
    MadeUpDns dns;
    dns.mxs["harbour.test"] = MadeUpDns::found({"mail.harbour.test"});
    DnsVerdict verdict = probe_mx(dns, "harbour.test", "the domain of `from`");
    CHECK(verdict.remarks.empty());
    CHECK(verdict.rule == "dns-mx");
    CHECK(verdict.records == std::vector<std::string>{"mail.harbour.test"});

    dns.mxs["bare.test"] = {DnsAnswer::Kind::kNothing, {}, ""};
    dns.addresses["bare.test"] = MadeUpDns::found({});
    verdict = probe_mx(dns, "bare.test", "the domain of `from`");
    CHECK(verdict.remarks.empty());
    CHECK(verdict.note == "no MX record; its own address counts");
}

TEST_CASE("domains that take no mail") {
    MadeUpDns dns;
    CHECK(remarks(probe_mx(dns, "gone.test", "the domain of `from`")) ==
          "`gone.test`, the domain of `from`, does not exist in the DNS\n");
    dns.mxs["null.test"] = MadeUpDns::found({""});
    CHECK(remarks(probe_mx(dns, "null.test", "the domain of `from`")).find("null MX") !=
          std::string::npos);
    dns.mxs["bare.test"] = {DnsAnswer::Kind::kNothing, {}, ""};
    dns.addresses["bare.test"] = {DnsAnswer::Kind::kNothing, {}, ""};
    CHECK(remarks(probe_mx(dns, "bare.test", "the domain of `from`")).find("neither an MX") !=
          std::string::npos);
}

TEST_CASE("a silence is no missing mail server") {
    MadeUpDns dns;
    dns.mxs["a.test"] = MadeUpDns::silence();
    DnsVerdict verdict = probe_mx(dns, "a.test", "the domain of `from`");
    CHECK(verdict.unknown);
    CHECK(remarks(verdict).find("could not be asked for") != std::string::npos);
    dns.mxs["a.test"] = {DnsAnswer::Kind::kNothing, {}, ""};
    dns.addresses["a.test"] = MadeUpDns::silence();
    CHECK(probe_mx(dns, "a.test", "the domain of `from`").unknown);
}
