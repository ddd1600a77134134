#include "delivery/survey.h"

#include <doctest/doctest.h>
#include <stdexcept>
#include <string>
#include <system_error>

#include "unit/audience/lists_folder.h"

using namespace tocsin;
using namespace tocsin::testing;

namespace {

// Numbered people with every kind of row among them, and mails that some of them break.
class SurveyFixture {
  public:
    static constexpr std::size_t kRows = 3'000;

    SurveyFixture() {
        std::string list = "email,name,town\n", signed_already = "email\n";
        for (std::size_t i = 0; i < kRows; ++i) {
            std::string address = "p" + std::to_string(i) + "@x.example";
            if (i % 100 == 7) address = "no address " + std::to_string(i);
            if (i % 100 == 8) signed_already += address + "\n";
            if (i % 100 == 9) address = "P" + std::to_string(i - 1) + "@x.example";
            std::string name = i % 50 == 1 ? "" : "Ann " + std::to_string(i);
            if (i % 600 == 4) name = "{{name}}";
            if (i % 600 == 6) name = "N/A";
            list +=
                address + "," + name + "," + std::string(i % 500 == 3 ? 300'000 : 5, 'x') + "\n";
        }
        folder_.write("all.csv", list);
        folder_.write("signed.csv", signed_already);
        content_.subject = {{"c.yaml", 3, 10}, "Dear {{name}}"};
        content_.text = "t.txt.mustache";
        content_.templates = {{"t.txt.mustache", "{{name}} of {{town}}\n"}};
        Findings findings;
        audience_ = folder_.open({"all.csv"}, {"signed.csv"}, findings);
        REQUIRE(audience_);
        composer_ = Composer::make(content_, audience_->columns(), findings);
        REQUIRE(composer_);
    }

    // All that a survey says, as one text.
    std::string told(const SurveyOptions& options, const SurveyLint* lint = nullptr) {
        Findings findings;
        std::string text;
        SurveyCounts counts = survey(
            *audience_, composer_.get(), options, skip_p5,
            [&](const PlanRow& row) {
                text += row.address + " " + row.key + " " + row.detail + " " +
                        std::string(name(row.skip));
                for (const std::string& cell : row.cells) text += "," + cell;
                text += "\n";
            },
            findings, lint);
        for (std::size_t n : {counts.people, counts.excluded, counts.suppressed, counts.invalid,
                              counts.broken, counts.duplicates}) {
            text += std::to_string(n) + " ";
        }
        for (const Finding& finding : findings.all()) text += format(finding);
        return text;
    }

    // The same, and all that the lint says.
    std::string linted(const SurveyOptions& options, const LintIgnore& ignore = {}) {
        Findings findings;
        LintReport report(ignore, findings);
        AudienceLint lint(content_, *composer_);
        SurveyLint both{lint, report};
        std::string text = told(options, &both);
        AudienceSummary summary = lint.finish(report);
        for (const Finding& finding : findings.all()) text += format(finding);
        for (const auto& field : summary.fields) text += std::to_string(field.missing) + " ";
        return text + std::to_string(summary.people) + " " + std::to_string(report.ignored());
    }

    Audience& audience() { return *audience_; }
    Composer& composer() { return *composer_; }

  private:
    static void skip_p5(std::span<PlanRow> rows) {
        for (PlanRow& row : rows) {
            if (row.key == "p5@x.example") row.skip = SkipReason::kSuppressed;
        }
    }

    ListsFolder folder_;
    Content content_{.campaign = "alert",
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
    std::unique_ptr<Audience> audience_;
    std::unique_ptr<Composer> composer_;
};

}  // namespace

TEST_CASE_FIXTURE(SurveyFixture, "survey: everybody is counted once, as what they are") {
    std::string text = told({});
    // Of 3,000: 30 bad addresses, 30 excluded, each of those once more; every 50th has no name.
    CHECK(text.find("\n2849 30 1 30 60 30 ") != std::string::npos);
    CHECK(text.find("\np1@x.example p1@x.example c.yaml:3: `name` is empty here and has no "
                    "fallback broken\n") != std::string::npos);
    CHECK(text.find("\np5@x.example p5@x.example  suppressed\n") != std::string::npos);
    CHECK(text.find("\np8@x.example p8@x.example signed.csv excluded\n") != std::string::npos);
}

TEST_CASE_FIXTURE(SurveyFixture,
                  "survey: rows and findings are the same with any number of threads") {
    const std::string alone = told({.skip_broken = true});
    for (unsigned renderers : {1u, 2u, 7u}) {
        CHECK(told({.skip_broken = true, .render_all = true, .renderers = renderers}) == alone);
    }
}

TEST_CASE_FIXTURE(SurveyFixture,
                  "survey: what the lint says is the same with any number of threads") {
    const std::string alone = linted({.render_all = true, .renderers = 1});
    for (unsigned renderers : {2u, 7u}) {
        CHECK(linted({.render_all = true, .renderers = renderers}) == alone);
    }
    CHECK(alone.find("all.csv:6:1: error: `name` holds `{{name}}`, which nothing fills in "
                     "[unresolved-tag]\n") != std::string::npos);
    CHECK(alone.find("all.csv:8:1: warning: `name` is \"N/A\", which looks like no value "
                     "[placeholder-value]\n") != std::string::npos);
    CHECK(alone.find("[large-outlier]") != std::string::npos);
    CHECK(alone.ends_with("\n0 0 2844 0"));
}

TEST_CASE_FIXTURE(SurveyFixture, "survey: who is broken by their own cell is left out, and named") {
    const std::string text = linted({.skip_broken = true});
    // Five more than without the lint.
    CHECK(text.find("\n2844 30 1 30 65 30 ") != std::string::npos);
    CHECK(text.find("\np4@x.example p4@x.example all.csv:6: `name` holds `{{name}}`, which nothing "
                    "fills in broken\n") != std::string::npos);
    CHECK(text.find("all.csv:6:1: warning: `name` holds `{{name}}`, which nothing fills in: this "
                    "person is left out [unresolved-tag]\n") != std::string::npos);
    CHECK(text.find("error: `name` holds") == std::string::npos);
}

TEST_CASE_FIXTURE(SurveyFixture, "survey: an error that is ignored leaves nobody out") {
    const std::string text = linted({.skip_broken = true}, {"unresolved-tag"});
    CHECK(text.find("\n2849 30 1 30 60 30 ") != std::string::npos);
    CHECK(text.find("unresolved-tag") == std::string::npos);
    CHECK(text.ends_with(" 2849 5"));
}

TEST_CASE_FIXTURE(SurveyFixture, "survey: a sink that cannot store a row ends it at once") {
    for (bool render_all : {false, true}) {
        std::size_t stored = 0;
        Findings findings;
        auto full = [&](const PlanRow&) {
            if (++stored == 10) throw std::runtime_error("the disk is full");
        };
        CHECK_THROWS_WITH(survey(audience(), &composer(), {.render_all = render_all}, skip_nobody,
                                 full, findings),
                          "the disk is full");
        CHECK(stored == 10);
    }
}

TEST_CASE("survey: what breaks while a list is read reaches the caller") {
    class BrokenAudience : public Audience {
      public:
        const Columns& columns() const override { return columns_; }
        std::size_t duplicates() const override { return 0; }
        void for_each(const std::function<void(AudienceRow&)>&,
                      const std::function<void(const InvalidRow&)>& invalid, Findings&) override {
            for (int i = 0; i < 2'000; ++i) invalid({"x", "y", {"a.csv", i, 1}});
            throw std::system_error(EIO, std::generic_category(), "cannot read a.csv");
        }

      private:
        Columns columns_;
    };
    BrokenAudience audience;
    Findings findings;
    CHECK_THROWS_AS(survey(
                        audience, nullptr, {}, skip_nobody, [](const PlanRow&) {}, findings),
                    std::system_error);
}
