#include "probe/dkim_key.h"

#include <doctest/doctest.h>

#include "made_up_dns.h"
#include "mail/base64.h"
#include "support/dkim_keys.h"

using namespace tocsin;
using namespace tocsin::test;

namespace {

SigningKey key(const std::string& pem) {
    return std::move(std::get<SigningKey>(SigningKey::parse(pem)));
}

std::string record(const SigningKey& own, const std::string& tags = "v=DKIM1; k=rsa; ") {
    std::string text = tags + "p=";
    append_base64(text, own.public_key());
    return text;
}

DnsVerdict probe(std::vector<std::string> records, const SigningKey* own = nullptr) {
    MadeUpDns dns;
    dns.txts["s1._domainkey.harbour.test"] = MadeUpDns::found(std::move(records));
    return probe_dkim(dns, "harbour.test", "s1", own);
}

}  // namespace

TEST_CASE("the other half of the key that signs is fine, RSA and Ed25519") {
    SigningKey rsa = key(rsa_pem());
    CHECK(remarks(probe({record(rsa)}, &rsa)).empty());
    SigningKey edwards = key(pem_of_type("ED25519"));
    CHECK(remarks(probe({record(edwards, "k=ed25519;")}, &edwards)).empty());
    DnsVerdict verdict = probe({record(rsa)});
    CHECK(verdict.rule == "dns-dkim");
    CHECK(verdict.note.find("cannot be read here") != std::string::npos);
}

TEST_CASE("another key than the one that signs") {
    SigningKey ours = key(rsa_pem()), theirs = key(rsa_pem());
    CHECK(remarks(probe({record(theirs)}, &ours)) ==
          "the DKIM key at `s1._domainkey.harbour.test` is not the other half of the one that "
          "signs\n");
    SigningKey edwards = key(pem_of_type("ED25519"));
    CHECK(!remarks(probe({record(edwards, "k=ed25519;")}, &ours)).empty());
}

TEST_CASE("no key, several, revoked ones, tests, and what is no key") {
    MadeUpDns dns;
    CHECK(remarks(probe_dkim(dns, "harbour.test", "s1", nullptr)) ==
          "there is no DKIM key at `s1._domainkey.harbour.test`\n");
    SigningKey rsa = key(rsa_pem());
    CHECK(remarks(probe({record(rsa), "x"})).find("2 TXT records") != std::string::npos);
    CHECK(remarks(probe({"v=DKIM1; p="}, &rsa)).find("revoked") != std::string::npos);
    CHECK(remarks(probe({record(rsa, "t=y:s; ")}, &rsa)).find("t=y") != std::string::npos);
    CHECK(remarks(probe({"v=spf1 -all"})).find("is no DKIM key") != std::string::npos);
}

TEST_CASE("a silence is no missing key") {
    MadeUpDns dns;
    dns.txts["s1._domainkey.harbour.test"] = MadeUpDns::silence();
    DnsVerdict verdict = probe_dkim(dns, "harbour.test", "s1", nullptr);
    CHECK(verdict.unknown);
    CHECK(remarks(verdict).find("could not be asked for") != std::string::npos);
}
