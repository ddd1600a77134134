#include "probe/dmarc.h"

#include <doctest/doctest.h>

#include "made_up_dns.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

const SenderIdentity kAligned{"news.harbour.test", "b.harbour.test", {"harbour.test"}, false};

DnsVerdict probe(const std::string& record, const SenderIdentity& sender = kAligned) {
    MadeUpDns dns;
    dns.txts["_dmarc.harbour.test"] = MadeUpDns::found({"other", record});
    return probe_dmarc(dns, sender);
}

}  // namespace

TEST_CASE("the record of a domain above counts where there is none below") {
    DnsVerdict verdict = probe("v=DMARC1; p=none; rua=mailto:x@harbour.test");
    CHECK(remarks(verdict).empty());
    CHECK(verdict.rule == "dns-dmarc");
    CHECK(verdict.name == "_dmarc.harbour.test");
    CHECK(verdict.records.size() == 1);
}

TEST_CASE("no record, and nobody asks a top-level domain") {
    MadeUpDns dns;
    DnsVerdict verdict = probe_dmarc(dns, kAligned);
    CHECK(remarks(verdict) == "`news.harbour.test` has no DMARC record\n");
    CHECK(dns.asked == std::vector<std::string>{"_dmarc.news.harbour.test", "_dmarc.harbour.test"});
}

TEST_CASE("several records count as none") {
    MadeUpDns dns;
    dns.txts["_dmarc.news.harbour.test"] =
        MadeUpDns::found({"v=DMARC1; p=none", "v=DMARC1; p=reject"});
    CHECK(remarks(probe_dmarc(dns, kAligned)).find("2 DMARC records") != std::string::npos);
}

TEST_CASE("records without a policy, or without a form") {
    CHECK(remarks(probe("v=DMARC1; rua=mailto:x@harbour.test")).find("has no `p=`") !=
          std::string::npos);
    CHECK(remarks(probe("v=DMARC1; p=maybe")).find("that nobody knows") != std::string::npos);
    CHECK(remarks(probe("v=DMARC1, p none")).find("cannot be understood") != std::string::npos);
    CHECK(remarks(probe("v=DMARC1; P=Reject")).empty());
}

TEST_CASE("a sender that neither SPF nor DKIM is aligned with") {
    SenderIdentity sender{"harbour.test", "bounces.relay.test", {}, false};
    CHECK(remarks(probe("v=DMARC1; p=none", sender)).find("neither the return path's domain") == 0);
    sender.return_path = "b.harbour.test";
    DnsVerdict verdict = probe("v=DMARC1; p=none", sender);
    CHECK(remarks(verdict).empty());
    CHECK(verdict.note.find("only SPF is aligned") == 0);
    CHECK(!remarks(probe("v=DMARC1; p=none; aspf=s", sender)).empty());
}

TEST_CASE("strict alignment wants the very domain") {
    CHECK(remarks(probe("v=DMARC1; p=none; adkim=s; aspf=s")).find("is aligned with") !=
          std::string::npos);
    CHECK(remarks(probe("v=DMARC1; p=none; adkim=s; aspf=s",
                        {"harbour.test", "x.test", {"harbour.test"}, false}))
              .empty());
}

TEST_CASE("of a provider's identity nothing is claimed") {
    DnsVerdict verdict = probe("v=DMARC1; p=none", {"harbour.test", "harbour.test", {}, true});
    CHECK(remarks(verdict).empty());
    CHECK(verdict.note.find("the provider") != std::string::npos);
}

TEST_CASE("a silence is no missing record") {
    MadeUpDns dns;
    dns.txts["_dmarc.news.harbour.test"] = MadeUpDns::silence();
    DnsVerdict verdict = probe_dmarc(dns, kAligned);
    CHECK(verdict.unknown);
    CHECK(remarks(verdict) ==
          "the DMARC record of `news.harbour.test` could not be asked for: no name server "
          "answered\n");
}
