// `lint`, in both files.
#include "campaign/lint_reader.h"

#include <doctest/doctest.h>

#include "unit/campaign/workspace_folder.h"

namespace tocsin {
namespace {

using testing::kGoodCampaign;
using testing::WorkspaceFolder;

// The errors of a campaign with this `lint`, as a user sees them.
std::string errors_of(const std::string& lint) {
    return WorkspaceFolder().campaign_report(kGoodCampaign + "lint: " + lint + "\n");
}

}  // namespace

TEST_CASE("lint: what a campaign ignores") {
    WorkspaceFolder folder;
    Findings findings;
    auto campaign =
        folder.campaign(kGoodCampaign + "lint: {ignore: [long-subject, no-lang]}\n", findings);
    REQUIRE(campaign);
    CHECK(findings.empty());
    CHECK(campaign->lint_ignore == LintIgnore{"long-subject", "no-lang"});
}

TEST_CASE("lint: what tocsin.yaml ignores") {
    WorkspaceFolder folder;
    Findings findings;
    auto workspace = folder.config("lint: {ignore: [no-privacy-link]}\n", findings);
    REQUIRE(workspace);
    CHECK(workspace->lint_ignore == LintIgnore{"no-privacy-link"});
}

TEST_CASE("lint: nothing ignored") {
    CHECK(errors_of("{ignore: []}").empty());
    CHECK(errors_of("{}").empty());
}

TEST_CASE("lint: a rule that there is not, at its place") {
    CHECK(errors_of("{ignore: [no-lang, long-subjet]}") ==
          "campaigns/c.yaml:6:26: error: the lint has no rule `long-subjet` [unknown-lint]\n"
          "  lint: {ignore: [no-lang, long-subjet]}\n"
          "                           ^\n"
          "  hint: did you mean `long-subject`?\n");
    // Findings of the readers are no rules: nothing lets a list go without its column.
    CHECK(errors_of("{ignore: [missing-file]}") ==
          "campaigns/c.yaml:6:17: error: the lint has no rule `missing-file` [unknown-lint]\n"
          "  lint: {ignore: [missing-file]}\n"
          "                  ^\n"
          "  hint: docs/lint.md lists them\n");
}

TEST_CASE("lint: the wrong form") {
    WorkspaceFolder folder;
    auto ids = [&](const std::string& lint) {
        Findings findings;
        folder.campaign(kGoodCampaign + "lint: " + lint + "\n", findings);
        return testing::ids(findings);
    };
    CHECK(ids("{ignore: long-subject}") == "6:16 wrong-type");
    CHECK(ids("[long-subject]") == "6:7 wrong-type");
    CHECK(ids("{ignores: [long-subject]}") == "6:8 unknown-key");
    CHECK(ids("{ignore: [{long-subject: x}]}") == "6:17 wrong-type");
    CHECK(ids("") == "6:1 no-value");
}

}  // namespace tocsin
