#include "preview/page.h"

#include <doctest/doctest.h>

#include "mail/base64.h"
#include "mail/digest.h"
#include "preview/resources.h"
#include "unit/preview/campaign.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

const char* const kHostile = "</script></iframe>\"'><img src=x onerror=alert(1)>{{x}}";

// Everything that comes from people or files is this.
std::string hostile_page() {
    CampaignSummary summary;
    summary.campaign = summary.from = summary.subject = summary.preheader = kHostile;
    summary.fallbacks = {{kHostile, kHostile}};
    summary.exclusions = {{kHostile, 1}};
    const Place place{kHostile, 1, 2};
    summary.audience.people = 3;
    summary.audience.fields = {{kHostile, place, 1, true}};
    summary.audience.branches = {{kHostile, place, 1}};
    summary.audience.links = {{{kHostile, kHostile, place, kHostile}, 1}};
    summary.audience.sizes = {1, 2, 3};
    summary.findings.add({Severity::kError, kHostile, place, kHostile, kHostile, kHostile});
    MailView mail = mail_of(kHostile, kHostile);
    mail.address = mail.gets_none = mail.file = mail.parts.preheader = kHostile;
    mail.source = std::string(kHostile) + ": " + kHostile + "\r\n\r\n" + kHostile;
    mail.findings = summary.findings;
    return preview_page(summary, {mail});
}

}  // namespace

TEST_CASE("nothing that comes from people or files becomes markup") {
    std::string page = hostile_page();
    CHECK(count(page, "<img") == 0);
    CHECK(count(page, "</script>") == 1);
    CHECK(count(page, "<iframe") == 6);
    CHECK(count(page, "</iframe>") == 6);
    CHECK(count(page, "alert(1)") > 20);
}

TEST_CASE("the policy allows the script by its hash and nothing else, and no frame has a right") {
    std::string page = hostile_page(), hash;
    append_base64(hash, sha256(page_script()));
    CHECK(has(page, "default-src 'none'; script-src 'sha256-" + hash + "'; style-src"));
    CHECK(has(page, "<script>" + std::string(page_script()) + "</script>"));
    CHECK(count(page, "<iframe sandbox=\"\" ") == count(page, "<iframe"));
    CHECK_FALSE(has(std::string(page_script()), "</"));
}

TEST_CASE("a page without a mail is one") {
    std::string page = preview_page({}, {});
    CHECK(has(page, "0 mails to look at"));
    CHECK(count(page, "<iframe") == 0);
}

TEST_CASE("the list of mails says why, and which have findings") {
    MailView sound = mail_of("town"), bad = mail_of("name"), odd = mail_of("x");
    sound.reasons = {"asked for", "no <town>"};
    bad.findings.add({Severity::kError, "a", {}, "m", "", ""});
    odd.findings.add({Severity::kWarning, "a", {}, "m", "", ""});
    std::string page = preview_page({}, {sound, bad, odd});
    CHECK(has(page,
              "data-go=\"1\"><b><bdi>ann@x.example</bdi></b><span>asked for, no "
              "&lt;town&gt;</span></button>"));
    CHECK(count(page, "aria-label=\"has errors\"") == 1);
    CHECK(count(page, "aria-label=\"has warnings\"") == 1);
}
