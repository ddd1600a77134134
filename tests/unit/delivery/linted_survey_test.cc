#include "delivery/linted_survey.h"

#include <algorithm>
#include <doctest/doctest.h>

#include "unit/audience/lists_folder.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

// A campaign whose sender has no name, whose text has an insecure link, and whose subject shouts.
class LintedFixture {
  public:
    LintedFixture() {
        folder_.write("a.csv", "email,name\nann@x.example,Ann\n");
        campaign.from_place = {"c.yaml", 2, 7};
        content.subject = {{"c.yaml", 3, 10}, "SAVE THE HARBOUR"};
        content.text = "t.txt.mustache";
        content.templates = {{"t.txt.mustache", "Dear {{name}}\nhttp://x.example/\n"}};
        Findings none;
        audience_ = folder_.open({"a.csv"}, {}, none);
        REQUIRE(audience_);
        composer_ = Composer::make(content, audience_->columns(), none);
        REQUIRE(composer_);
    }

    SurveyCounts run(const SurveyOptions& options, Findings& findings, bool composer = true) {
        return linted_survey(
            {workspace, campaign, content}, *audience_, composer ? composer_.get() : nullptr,
            options, skip_nobody, [](const PlanRow&) {}, findings);
    }

    Workspace workspace{};
    Campaign campaign{.id = "alert",
                      .source = {},
                      .from = {"", Mailbox::from("us@harbour.example")},
                      .reply_to = std::nullopt,
                      .subject = {},
                      .preheader = std::nullopt,
                      .html = std::nullopt,
                      .text = std::nullopt,
                      .data = Value::Map{},
                      .fallbacks = {},
                      .audience = {},
                      .attachments = {},
                      .transport = std::nullopt,
                      .unsubscribe_list = ""};
    Content content{.campaign = "alert",
                    .from = {"Ann", Mailbox::from("us@harbour.example")},
                    .reply_to = std::nullopt,
                    .subject = {},
                    .preheader = std::nullopt,
                    .html = "",
                    .text = "",
                    .templates = {},
                    .data = {},
                    .fallbacks = {},
                    .attachments = {},
                    .unsubscribe_list = "",
                    .transport = "",
                    .rates = {},
                    .organisation = {},
                    .unsubscribe = {}};

  private:
    ListsFolder folder_;
    std::unique_ptr<Audience> audience_;
    std::unique_ptr<Composer> composer_;
};

bool has(const Findings& findings, std::string_view id) {
    return std::ranges::find(findings.all(), id, &Finding::id) != findings.all().end();
}

}  // namespace

TEST_CASE_FIXTURE(LintedFixture, "linted survey: errors are findings, warnings are counted") {
    Findings findings;
    SurveyCounts counts = run({}, findings);
    CHECK(has(findings, "insecure-link"));
    CHECK(has(findings, "empty-from-name"));
    CHECK_FALSE(has(findings, "subject-upper-case"));
    CHECK(findings.warnings() == 0);
    CHECK(counts.lint_warnings > 0);
    CHECK(counts.audience.people == 1);
}

TEST_CASE_FIXTURE(LintedFixture, "linted survey: all of it where that is asked for") {
    Findings findings;
    SurveyCounts counts = run({.all_lint = true}, findings);
    CHECK(has(findings, "subject-upper-case"));
    CHECK(findings.warnings() > 0);
    CHECK(counts.lint_warnings == 0);
}

TEST_CASE_FIXTURE(LintedFixture,
                  "linted survey: both files' ignored rules are left out and counted") {
    workspace.lint_ignore = {"insecure-link"};
    campaign.lint_ignore = {"subject-upper-case"};
    Findings findings;
    SurveyCounts counts = run({.all_lint = true}, findings);
    CHECK_FALSE(has(findings, "insecure-link"));
    CHECK_FALSE(has(findings, "subject-upper-case"));
    CHECK(counts.ignored == 2);
}

TEST_CASE_FIXTURE(LintedFixture, "linted survey: without a composer the settings are linted") {
    Findings findings;
    SurveyCounts counts = run({}, findings, false);
    CHECK(has(findings, "empty-from-name"));
    CHECK_FALSE(has(findings, "insecure-link"));
    CHECK(counts.audience.people == 0);
    CHECK(counts.people == 1);
}

TEST_CASE_FIXTURE(LintedFixture, "linted survey: without an audience as well") {
    Findings findings;
    lint_without_audience(workspace, campaign, {}, findings);
    CHECK(has(findings, "empty-from-name"));
}
