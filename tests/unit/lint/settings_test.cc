#include "lint/settings.h"

#include <doctest/doctest.h>
#include <string>

using namespace tocsin;

namespace {

// A campaign file of which only what the lint asks is filled in.
Campaign campaign_of(const std::string& from, const std::string& reply_to = "") {
    Campaign campaign{.id = "c",
                      .source = SourceText("campaigns/c.yaml",
                                           "id: c\nfrom: " + from + "\nreply_to: " + reply_to +
                                               "\nsubject: Buses\npreheader: On Thursday\n"),
                      .from = std::get<NamedMailbox>(NamedMailbox::parse(from)),
                      .reply_to = std::nullopt,
                      .subject = {"Buses", {"campaigns/c.yaml", 4, 10}},
                      .preheader = Located{"On Thursday", {"campaigns/c.yaml", 5, 12}},
                      .html = Located{"c.html.mustache", {}},
                      .text = std::nullopt,
                      .fallbacks = {},
                      .audience = {},
                      .attachments = {},
                      .transport = std::nullopt,
                      .unsubscribe_list = ""};
    campaign.from_place = {"campaigns/c.yaml", 2, 7};
    if (reply_to.empty()) return campaign;
    campaign.reply_to = std::get<NamedMailbox>(NamedMailbox::parse(reply_to));
    campaign.reply_to_place = {"campaigns/c.yaml", 3, 11};
    return campaign;
}

// What is found, as a user sees it.
std::string found(const Campaign& campaign, const Workspace& workspace = {}) {
    Findings findings;
    const LintIgnore ignore = ignored_in(workspace, campaign);
    LintReport report(ignore, findings);
    lint_settings(workspace, campaign, report);
    std::string text;
    for (const Finding& finding : findings.all()) text += format(finding);
    return text;
}

constexpr const char* kGood = "Noor <campaigns@commonway.example>";

}  // namespace

TEST_CASE("settings: a sound campaign") {
    CHECK(found(campaign_of(kGood)).empty());
    CHECK(found(campaign_of(kGood, "hello@commonway.example")).empty());
}

TEST_CASE("settings: a sender without a name, at a freemail provider") {
    CHECK(found(campaign_of("commonway@gmail.com")) ==
          "campaigns/c.yaml:2:7: error: `from` has no name [empty-from-name]\n"
          "  from: commonway@gmail.com\n"
          "        ^\n"
          "  hint: write `from: Who you are <…>`\n"
          "campaigns/c.yaml:2:7: warning: `from` is an address at the freemail provider gmail.com "
          "[freemail-from]\n"
          "  from: commonway@gmail.com\n"
          "        ^\n"
          "  hint: send from a domain of your own, whose SPF and DKIM records you set\n");
}

TEST_CASE("settings: replies that nobody reads") {
    CHECK(found(campaign_of(kGood, "no-reply@commonway.example")) ==
          "campaigns/c.yaml:3:11: warning: `reply_to` is a no-reply address [no-reply-address]\n"
          "  reply_to: no-reply@commonway.example\n"
          "            ^\n"
          "  hint: name an address that somebody reads\n");
    const std::string silent = "Noor <noreply@commonway.example>";
    CHECK(found(campaign_of(silent)) ==
          "campaigns/c.yaml:2:7: warning: `from` is a no-reply address, and there is no "
          "`reply_to` [no-reply-address]\n"
          "  from: Noor <noreply@commonway.example>\n"
          "        ^\n"
          "  hint: add `reply_to` with an address that somebody reads\n");
    CHECK(found(campaign_of(silent, "hello@commonway.example")).empty());
}

TEST_CASE("settings: no preheader, where there is HTML to put it into") {
    Campaign campaign = campaign_of(kGood);
    campaign.preheader.reset();
    CHECK(found(campaign) ==
          "campaigns/c.yaml:4:10: warning: the campaign has no `preheader` [no-preheader]\n"
          "  subject: Buses\n"
          "           ^\n"
          "  hint: add `preheader: …` with 40 to 130 characters that go on from the subject\n");
    campaign.html.reset();
    CHECK(found(campaign).empty());
}

TEST_CASE("settings: what tocsin.yaml lacks, at the key that should have it") {
    Workspace workspace;
    workspace.no_one_click = MissingSetting{{"tocsin.yaml", 3, 1}, "unsubscribe: {mailto: …}"};
    workspace.no_postal_address = MissingSetting{{"tocsin.yaml", 0, 0}, ""};
    CHECK(found(campaign_of(kGood), workspace) ==
          "tocsin.yaml:3:1: error: without `unsubscribe.url` mails offer no one-click unsubscribe "
          "[no-list-unsubscribe]\n"
          "  unsubscribe: {mailto: …}\n"
          "  ^\n"
          "  hint: add `unsubscribe: {url: https://…/}`, where `tocsin serve` answers\n"
          "tocsin.yaml: error: `organisation` has no `postal_address` [no-postal-address]\n"
          "  hint: add it, and print it with {{organisation.postal_address}}\n");
}

TEST_CASE("settings: what is ignored, by either file") {
    Workspace workspace;
    workspace.no_postal_address = MissingSetting{{"tocsin.yaml", 0, 0}, ""};
    workspace.lint_ignore = {"no-postal-address"};
    Campaign campaign = campaign_of("commonway@gmail.com");
    campaign.lint_ignore = {"empty-from-name", "freemail-from"};
    CHECK(found(campaign, workspace).empty());
    CHECK(ignored_in(workspace, campaign) ==
          LintIgnore{"empty-from-name", "freemail-from", "no-postal-address"});
}

TEST_CASE("settings: what could not be read is not missing") {
    Campaign campaign = campaign_of("commonway@gmail.com");
    campaign.from_place = {};
    campaign.reply_to_place = {"campaigns/c.yaml", 3, 11};
    campaign.preheader = Located{};
    CHECK(found(campaign).empty());
}
