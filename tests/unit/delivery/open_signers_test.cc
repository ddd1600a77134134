#include "delivery/open_signers.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "support/dkim_keys.h"
#include "support/temporary_folder.h"

using namespace tocsin;

namespace {

const std::string& rsa_pem() {
    static const std::string pem = test::rsa_pem();
    return pem;
}

// A transport `relay` whose keys lie in files of their own.
class Relay {
  public:
    Relay() { workspace_.root = folder_.path(); }

    Relay& add(const std::string& domain, const std::string& selector, const std::string& pem) {
        auto file = folder_.write("state/" + selector + ".pem", pem);
        std::filesystem::permissions(
            file, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
        return add_absent(domain, selector);
    }
    Relay& add_absent(const std::string& domain, const std::string& selector) {
        SecretSource key{SecretSource::Kind::kFile, "state/" + selector + ".pem"};
        relay_.dkim.push_back({domain, selector, key});
        return *this;
    }

    DkimSigner open(const std::string& from_domain = "harbour.example") const {
        return open_signers(workspace_, relay_, from_domain);
    }
    std::string fault(const std::string& from_domain = "harbour.example") const {
        try {
            open(from_domain);
        } catch (const ConfigError& error) {
            return error.what();
        }
        return "";
    }

  private:
    TemporaryFolder folder_;
    Workspace workspace_;
    TransportDefinition relay_{"relay", {}, SmtpSettings{}, {}, {}};
};

}  // namespace

TEST_CASE("a transport without keys signs nothing, whoever writes") {
    CHECK(Relay().open("anywhere.example").sign("From: a\r\n\r\nb", {}) == "");
}

TEST_CASE("every key of a transport signs") {
    Relay relay;
    relay.add("harbour.example", "a", rsa_pem())
        .add("harbour.example", "b", test::pem_of_type("ED25519"))
        .add("agency.example", "c", rsa_pem());
    std::string fields = relay.open().sign("From: a\r\n\r\nb", {});
    std::erase_if(fields, [](char c) { return c == '\r' || c == '\n'; });
    for (auto text : {"a=rsa-sha256; c=relaxed/relaxed; d=harbour.example; s=a;",
                      "a=ed25519-sha256; c=relaxed/relaxed; d=harbour.example; s=b;",
                      "a=rsa-sha256; c=relaxed/relaxed; d=agency.example; s=c;"}) {
        CAPTURE(text);
        CHECK(fields.find(text) != fields.npos);
    }
}

TEST_CASE("a key that cannot be had or used is named with its transport and selector") {
    CHECK(Relay().add_absent("harbour.example", "2026").fault() ==
          "transport `relay`, DKIM key `2026` of harbour.example: cannot read the secret "
          "state/2026.pem: No such file or directory");
    CHECK(Relay().add("harbour.example", "2026", test::rsa_pem(1024)).fault() ==
          "transport `relay`, DKIM key `2026` of harbour.example: it is an RSA key of 1024 bits; "
          "receivers want 2048 (RFC 8301)");
    CHECK(Relay().add("harbour.example", "2026", test::encrypted_pem()).fault() ==
          "transport `relay`, DKIM key `2026` of harbour.example: it is protected by a passphrase, "
          "which nobody types during a send");
}

TEST_CASE("Ed25519 without RSA is refused") {
    CHECK(Relay().add("harbour.example", "a", test::pem_of_type("ED25519")).fault() ==
          "transport `relay`: the DKIM keys are Ed25519 only, which many receivers cannot verify");
}

TEST_CASE("keys of which none is for the sender's domain are refused") {
    Relay relay;
    relay.add("agency.example", "a", rsa_pem())
        .add("harbour.example", "b", test::pem_of_type("ED25519"));
    CHECK(relay.fault("harbour.example") ==
          "transport `relay`: no RSA key under `dkim` is for harbour.example, the domain of "
          "`from`, and DMARC counts no other");
    CHECK(relay.fault("news.agency.example") == "");
}
