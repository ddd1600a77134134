// Every key and word that product.md names and nothing serves yet is refused as just that.
#include "campaign/vocabulary.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "unit/campaign/workspace_folder.h"

namespace tocsin {
namespace {

using testing::kGoodCampaign;
using testing::WorkspaceFolder;

struct Refused {
    const Vocabulary& words;
    // What stands before and behind the key in a file.
    std::string before;
    std::string behind;
};

// The one error of a file, as "message [id]".
std::string only_error(const Findings& findings) {
    std::string text;
    for (const Finding& finding : findings.all()) {
        if (finding.severity == Severity::kWarning) continue;
        text += finding.message + " [" + finding.id + "]";
    }
    return text;
}

std::string config_error(const std::string& text) {
    WorkspaceFolder folder;
    Findings findings;
    auto read = folder.config(text, findings);
    CHECK_FALSE(read);
    return only_error(findings);
}

std::string campaign_error(const std::string& text) {
    WorkspaceFolder folder;
    Findings findings;
    auto read = folder.campaign(text, findings);
    CHECK_FALSE(read);
    return only_error(findings);
}

}  // namespace

TEST_CASE("keys of tocsin.yaml that are not supported yet") {
    const Refused places[] = {
        {kWorkspaceKeys, "", ": {a: b}\n"},
        {kSuppressionKeys, "suppression: {", ": 30 days}\n"},
    };
    for (const Refused& place : places) {
        REQUIRE_FALSE(place.words.not_yet.empty());
        for (const std::string& key : place.words.not_yet) {
            CAPTURE(key);
            CHECK(config_error(place.before + key + place.behind) ==
                  "`" + key + "` is not supported yet [not-supported]");
        }
    }
}

TEST_CASE("a ledger on a server is not supported yet") {
    CHECK(config_error("ledger: postgresql://user@host/db\n") ==
          "a ledger on a server is not supported yet [not-supported]");
}

TEST_CASE("keys of a campaign that are not supported yet") {
    for (const std::string& key : kCampaignKeys.not_yet) {
        CAPTURE(key);
        CHECK(campaign_error(kGoodCampaign + key + ": 5\n") ==
              "`" + key + "` is not supported yet [not-supported]");
    }
    std::string without_audience = kGoodCampaign.substr(0, kGoodCampaign.find("audience"));
    for (const std::string& key : kAudienceKeys.not_yet) {
        CAPTURE(key);
        CHECK(campaign_error(without_audience + "audience: {lists: [lists/members.csv], " + key +
                             ": x}\n") == "`" + key + "` is not supported yet [not-supported]");
    }
}

TEST_CASE("the tables hold what product.md names") {
    auto has = [](const std::vector<std::string>& words, const char* word) {
        return std::ranges::count(words, word) == 1;
    };
    CHECK(has(kWorkspaceKeys.not_yet, "retention"));
    for (const char* key : {"body", "layout", "links", "variants"}) {
        CAPTURE(std::string(key));
        CHECK(has(kCampaignKeys.not_yet, key));
    }
    for (const char* key : {"where", "lookup", "language"}) {
        CAPTURE(std::string(key));
        CHECK(has(kAudienceKeys.not_yet, key));
    }
}

TEST_CASE("no word is both known and refused") {
    for (const Vocabulary* words :
         {&kWorkspaceKeys, &kUnsubscribeKeys, &kTransportTypes, &kMaildirKeys, &kSmtpKeys,
          &kAuthMethods, &kCampaignKeys, &kAudienceKeys}) {
        for (const std::string& word : words->not_yet) {
            CAPTURE(word);
            CHECK(std::ranges::count(words->known, word) == 0);
        }
    }
}

}  // namespace tocsin
